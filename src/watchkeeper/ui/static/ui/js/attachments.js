// Files of a form can be dropped on it or pasted into it as well as picked; those chosen are listed and can be taken
// out again. A form with files is sent with its progress shown, and keeps everything when the connection is lost.
import { filled, gettext } from "./words.js";

const HOW_MUCH = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
let pasted = 0;

export function mountAttachments() {
  for (const input of document.querySelectorAll("input[type=file][multiple]")) mount(input);
}

function mount(input) {
  const { form } = input;
  const list = made("ul", { className: "chosen-files", role: "status" });
  const wrong = made("ul", { className: "field-errors", role: "alert" });
  let chosen = [];
  input.after(list, wrong);
  input.addEventListener("change", () => add([...input.files]));
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    input.dataset.awaits = "";
  });
  for (const end of ["dragleave", "drop"]) form.addEventListener(end, () => delete input.dataset.awaits);
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  form.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    add(files.map(named));
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length || event.defaultPrevented) return;
    event.preventDefault();
    send(form, event.submitter, input);
  });

  function add(files) {
    const refused = [];
    const fitting = files.filter((file) => file.size <= Number(input.dataset.largest) || void refused.push(tooLarge(file, input)));
    const most = Number(input.dataset.most);
    const out = chosen.length + fitting.length - most;
    if (out > 0) refused.push(filled(gettext("A message takes {most} files; {out} were left out."), { most, out }));
    show([...chosen, ...fitting].slice(0, most), refused);
  }

  function show(files, refused = []) {
    chosen = files;
    const held = new DataTransfer();
    for (const file of chosen) held.items.add(file);
    input.files = held.files;
    list.replaceChildren(...chosen.map((file) => row(file, () => show(chosen.filter((other) => other !== file)))));
    wrong.replaceChildren(...refused.map((words) => made("li", { textContent: words })));
  }
}

function row(file, takeOut) {
  const out = made("button", { type: "button", className: "chosen-file-out", textContent: gettext("Remove") });
  out.setAttribute("aria-label", filled(gettext("Remove {name}"), { name: file.name }));
  out.addEventListener("click", takeOut);
  const item = made("li", {});
  item.append(made("span", { textContent: file.name }), made("span", { className: "muted", textContent: size(file.size) }), out);
  return item;
}

// What is pasted from the clipboard is called image.png, whatever it is.
function named(file) {
  if (!file.type.startsWith("image/")) return file;
  pasted += 1;
  return new File([file], `pasted-${pasted}.${file.type.slice("image/".length).replace(/\W.*/, "")}`, { type: file.type });
}

function send(form, submitter, input) {
  const field = input.closest(".field");
  const buttons = [...form.querySelectorAll("button:not([type=button])")];
  const shown = made("div", { className: "sending", role: "status" });
  const bar = made("progress", { max: 1, value: 0 });
  const words = made("span", { textContent: gettext("Sending …") });
  bar.setAttribute("aria-label", gettext("Sending the files"));
  shown.append(bar, words);
  field.querySelector(".sending")?.remove();
  field.append(shown);
  const said = new FormData(form, submitter);
  for (const button of buttons) button.disabled = true;

  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
    if (!lengthComputable) return;
    bar.value = loaded / total;
    const soFar = filled(gettext("{sent} of {all}"), { sent: size(loaded), all: size(total) });
    words.textContent = loaded < total ? soFar : gettext("Sent; the desk keeps it …");
  });
  request.addEventListener("load", () => {
    const leadsTo = request.getResponseHeader("Watchkeeper-Leads-To");
    if (leadsTo) window.location.assign(leadsTo);
    else again(form, submitter, buttons);
  });
  request.addEventListener("error", () => {
    const lost = gettext("The connection was lost. Nothing here is: send it again.");
    shown.replaceChildren(made("span", { className: "field-errors", textContent: lost }));
    for (const button of buttons) button.disabled = false;
  });
  request.open("POST", submitter?.formAction || form.action);
  request.setRequestHeader("Watchkeeper-Upload", "1");
  request.send(said);
}

// It was refused: the page that says why is the answer to the form as a browser sends it.
function again(form, submitter, buttons) {
  for (const button of buttons) button.disabled = false;
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  HTMLFormElement.prototype.submit.call(form);
}

function tooLarge(file, input) {
  const words = gettext("{name} has {size}; a file may have {most}.");
  return filled(words, { name: file.name, size: size(file.size), most: size(Number(input.dataset.largest)) });
}

function size(bytes) {
  if (bytes < 1024) return filled(gettext("{count} bytes"), { count: bytes });
  return bytes < 1024 * 1024 ? `${HOW_MUCH.format(bytes / 1024)} kB` : `${HOW_MUCH.format(bytes / 1024 / 1024)} MB`;
}

function made(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
