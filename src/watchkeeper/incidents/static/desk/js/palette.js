// Ctrl-K or ⌘-K: everything this page offers, and every page of the desk, found by a few letters. It offers what the
// page itself shows and nothing else, so that it needs no list of its own; what is typed can also be searched for.
import { filled, gettext } from "../../ui/js/words.js";

const OFFERED = [
  [gettext("This page"), ".page-header :is(a.button, button), .page [data-key], .composer .segmented label"],
  [gettext("Views"), ".tabs a"],
  [gettext("Go to"), ".sidebar-nav a, .menu-sheet a"],
];
const REFERENCE = /^wk-[0-9a-z]{6}$/i;
const MOST = 12;

let dialog;
let shown = [];
let chosen = 0;

export function mountPalette() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (dialog?.open) dialog.close();
    else if (!document.querySelector("dialog[open]")) open();
  });
}

function open() {
  dialog ??= made();
  const field = dialog.querySelector("input");
  field.value = "";
  show("");
  dialog.showModal();
  field.focus();
}

function made() {
  const element = document.createElement("dialog");
  element.className = "dialog palette";
  element.setAttribute("aria-label", gettext("Commands"));
  const field = document.createElement("input");
  for (const [name, value] of Object.entries({
    type: "text",
    role: "combobox",
    "aria-label": gettext("What do you want to do?"),
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    placeholder: gettext("Do, go to, or search…"),
    autocomplete: "off",
    spellcheck: "false",
  })) field.setAttribute(name, value);
  const list = document.createElement("ul");
  list.id = "palette-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", gettext("Commands"));
  const line = document.createElement("div");
  line.className = "field";
  line.append(field);
  element.append(line, list);
  field.addEventListener("input", () => show(field.value));
  field.addEventListener("keydown", (event) => steer(event));
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) run(shown[Number(option.dataset.nth)]);
  });
  document.body.append(element);
  return element;
}

function steer(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) choose((chosen + by + shown.length) % shown.length);
  else if (event.key === "Enter") run(shown[chosen]);
  else return;
  event.preventDefault();
}

function show(typed) {
  const words = typed.trim();
  shown = [...(REFERENCE.test(words) ? [opening(words)] : []), ...matching(words)].slice(0, MOST);
  if (words) shown.push(searching(words));
  const list = dialog.querySelector("ul");
  list.replaceChildren(...shown.map((each, nth) => option(each, nth)));
  choose(0);
}

function matching(words) {
  const parts = words.toLowerCase().split(/\s+/);
  return offered().filter(({ label, group }) => {
    const known = `${label} ${group}`.toLowerCase().split(/\s+/);
    return parts.every((part) => known.some((word) => word.startsWith(part)));
  });
}

function offered() {
  const found = new Map();
  for (const [group, selector] of OFFERED) {
    for (const element of document.querySelectorAll(selector)) {
      const label = nameOf(element);
      if (label && !element.disabled && !element.closest("dialog") && !found.has(label)) {
        found.set(label, { label, group, key: element.dataset.key ?? "", act: () => press(element) });
      }
    }
  }
  return [...found.values()];
}

function nameOf(element) {
  const words = element.cloneNode(true);
  for (const beside of words.querySelectorAll(".count")) beside.remove();
  return (words.textContent || element.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim();
}

function press(element) {
  element.click();
  const focus = element.dataset.focus && document.getElementById(element.dataset.focus);
  focus?.focus();
}

function opening(reference) {
  const incident = reference.toUpperCase();
  const label = filled(gettext("Open {incident}"), { incident });
  return { label, group: gettext("Incident"), key: "", act: () => location.assign(`${queue()}incidents/${incident}`) };
}

function searching(words) {
  const address = `${queue()}?${new URLSearchParams({ q: words, state: "any" })}`;
  const label = filled(gettext("Search for “{words}”"), { words });
  return { label, group: gettext("Queue"), key: "/", act: () => location.assign(address) };
}

function queue() {
  return document.querySelector("[data-queue]").dataset.queue;
}

function option({ label, group, key }, nth) {
  const item = document.createElement("li");
  item.id = `palette-${nth}`;
  item.setAttribute("role", "option");
  item.dataset.nth = nth;
  const name = document.createElement("span");
  name.textContent = label;
  const place = document.createElement("span");
  place.className = "muted small";
  place.textContent = group;
  item.append(name, place);
  if (key) {
    const press = document.createElement("kbd");
    press.textContent = key;
    item.append(press);
  }
  return item;
}

function choose(nth) {
  chosen = nth;
  for (const item of dialog.querySelectorAll("[role=option]")) {
    const isChosen = Number(item.dataset.nth) === nth;
    item.setAttribute("aria-selected", isChosen);
    if (isChosen) item.scrollIntoView({ block: "nearest" });
  }
  dialog.querySelector("input").setAttribute("aria-activedescendant", shown.length ? `palette-${nth}` : "");
}

function run(command) {
  if (!command) return;
  dialog.close();
  command.act();
}
