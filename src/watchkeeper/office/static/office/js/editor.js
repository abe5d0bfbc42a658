// What a script adds to the editor of a draft: numbers for lines that are typed, marks at the lines that something is
// said about, a way from there into the text, and a question before what is typed would be left behind.

const editor = document.querySelector("[data-editor]");
const text = editor.querySelector("textarea");
const numbers = editor.querySelector("pre");

text.addEventListener("input", count);
document.addEventListener("htmx:load", mark);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (link) goTo(Number(link.dataset.line), event);
});
let isSent = false;
text.form.addEventListener("submit", () => (isSent = true));
addEventListener("beforeunload", (event) => {
  if (!isSent && text.value !== text.defaultValue) event.preventDefault();
});
mark();

function count() {
  const wanted = text.value.split("\n").length;
  text.rows = wanted;
  for (let number = numbers.childElementCount + 1; number <= wanted; number++) {
    const line = document.createElement("span");
    line.id = `line-${number}`;
    line.textContent = number;
    numbers.append(line, "\n");
  }
  while (numbers.childElementCount > wanted) {
    numbers.lastElementChild.nextSibling?.remove();
    numbers.lastElementChild.remove();
  }
}

function mark() {
  for (const line of numbers.querySelectorAll("[data-tone]")) delete line.dataset.tone;
  for (const link of document.querySelectorAll("[data-line]")) {
    const line = document.getElementById(`line-${link.dataset.line}`);
    if (line && line.dataset.tone !== "breach") line.dataset.tone = link.dataset.tone;
  }
}

function goTo(number, event) {
  const before = text.value.split("\n").slice(0, number - 1);
  const start = before.join("\n").length + (number > 1 ? 1 : 0);
  const end = text.value.indexOf("\n", start);
  event.preventDefault();
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, end < 0 ? text.value.length : end);
  document.getElementById(`line-${number}`)?.scrollIntoView({ block: "center" });
}
