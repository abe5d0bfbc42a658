// The desk by keyboard. A key stands for what a page offers as [data-key]; where it offers nothing, nothing happens.

export function mountKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
  document.addEventListener("htmx:load", () => choose(chosenHref));
}

const ROWS = ".table tr:has(.row-link)";
let chosenHref;

function act(key) {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "Enter") return open();
  if (key === "m") return mark();
  if (key === "?") return show("keys");
  if (key === "/") return search();
  if (key === "g") return go(queueAddress());
  return press(key);
}

function press(key) {
  const offered = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!offered || offered.disabled) return false;
  offered.click();
  const focus = offered.dataset.focus && document.getElementById(offered.dataset.focus);
  focus?.focus();
  focus?.scrollIntoView({ block: "center" });
  return true;
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  if (!rows.length) return false;
  const at = rows.findIndex((row) => hrefOf(row) === chosenHref);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
  choose(hrefOf(next));
  next.querySelector(".row-link").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// The row stays chosen when the table is fetched anew.
function choose(href) {
  chosenHref = href;
  for (const row of document.querySelectorAll(ROWS)) row.toggleAttribute("data-chosen", hrefOf(row) === href);
}

function hrefOf(row) {
  return row.querySelector(".row-link").getAttribute("href");
}

function open() {
  const row = document.querySelector("tr[data-chosen] .row-link");
  if (!row || document.activeElement?.closest("a, button, summary, select")) return false;
  return go(row.href);
}

// Chooses the row for one act on several, or no longer.
function mark() {
  const row = document.activeElement?.closest("tr:has(.row-link)") ?? document.querySelector("tr[data-chosen]");
  const box = row?.querySelector(".choosing input");
  box?.click();
  return Boolean(box);
}

function show(id) {
  document.getElementById(id)?.showModal();
  return true;
}

function search() {
  const field = document.querySelector('.filter-bar input[type="search"]');
  if (!field) return go(`${queueAddress()}#q`);
  field.focus();
  field.select();
  return true;
}

function queueAddress() {
  return document.querySelector("[data-queue]").dataset.queue;
}

function go(address) {
  location.assign(address);
  return true;
}

// Ctrl-Enter presses the button that the reader would: the visible one that sends.
function send(event) {
  const form = event.target.form;
  const button = [...(form?.querySelectorAll("button[type=submit]") ?? [])].find((one) => one.offsetParent);
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

function isWriting(element) {
  return element.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}
