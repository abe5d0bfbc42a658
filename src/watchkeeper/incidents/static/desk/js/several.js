// Incidents that are chosen in the queue for one act on several. They stay chosen when rows are fetched anew, and when
// they are no longer among them.
import { filled, gettext } from "../../ui/js/words.js";

const BOXES = ".choosing input[name=of]";

const chosen = new Set();
let bar = null;
let last = null;

export function mountSeveral() {
  bar = document.getElementById("chosen");
  if (!bar) return;
  for (const button of bar.querySelectorAll("[data-choose]")) button.hidden = false;
  document.addEventListener("click", (event) => choose(event));
  document.addEventListener("htmx:load", show);
  window.addEventListener("pageshow", readAgain);
  readAgain();
}

// A browser that comes back to the page ticks what was ticked.
function readAgain() {
  for (const box of boxes()) if (box.checked) chosen.add(box.value);
  show();
}

function choose({ target, shiftKey }) {
  const box = target.closest(BOXES);
  if (box) mark(shiftKey ? between(last, box) : [box], box.checked);
  else if (target.id === "choose-all") mark(boxes(), target.checked);
  else if (target.closest("[data-choose=all]")) mark(boxes(), true);
  else if (target.closest("[data-choose=none]")) chosen.clear();
  else return;
  if (box) last = box.value;
  show();
}

function mark(some, isChosen) {
  for (const { value } of some) {
    if (isChosen) chosen.add(value);
    else chosen.delete(value);
  }
}

function between(from, box) {
  const all = boxes();
  const ends = [all.findIndex(({ value }) => value === from), all.indexOf(box)];
  return ends[0] < 0 ? [box] : all.slice(Math.min(...ends), Math.max(...ends) + 1);
}

function boxes() {
  return [...document.querySelectorAll(BOXES)];
}

function show() {
  const here = boxes();
  for (const box of here) box.checked = chosen.has(box.value);
  const elsewhere = [...chosen].filter((reference) => !here.some(({ value }) => value === reference));
  bar.querySelector("[data-elsewhere]").replaceChildren(...elsewhere.map(hidden));
  showAll(here);
  tell(elsewhere.length);
}

function hidden(reference) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "of", value: reference });
  return field;
}

function showAll(here) {
  const all = document.getElementById("choose-all");
  if (!all) return;
  const ticked = here.filter(({ checked }) => checked).length;
  all.hidden = false;
  all.checked = here.length > 0 && ticked === here.length;
  all.indeterminate = ticked > 0 && ticked < here.length;
}

function tell(elsewhere) {
  const most = Number(bar.dataset.most);
  const isTooMany = chosen.size > most;
  const words = [filled(gettext("{count} chosen"), { count: chosen.size })];
  if (elsewhere) words.push(filled(gettext("{count} no longer in this list"), { count: elsewhere }));
  if (isTooMany) words.push(filled(gettext("at most {most} at once"), { most }));
  const count = bar.querySelector("[role=status]");
  if (count.textContent !== words.join(", ")) count.textContent = words.join(", ");
  for (const button of bar.querySelectorAll("[name=act]")) button.disabled = chosen.size === 0 || isTooMany;
}
