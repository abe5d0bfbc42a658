// What can be undone is offered as long as it can be, by the desk's clock; what is held says when it leaves.
import { serverNow } from "../../ui/js/clock.js";
import { filled, gettext } from "../../ui/js/words.js";

const EVERY = 250;

export function mountUndo() {
  setInterval(showAll, EVERY);
  document.addEventListener("htmx:load", showAll);
  showAll();
}

function showAll() {
  for (const bar of document.querySelectorAll("[data-undo]")) show(bar, serverNow());
}

function show(bar, now) {
  const { until, leavesAt } = bar.dataset;
  const left = leavesAt ? Date.parse(leavesAt) - now : 0;
  const seconds = Math.max(1, Math.ceil(left / 1000));
  if (leavesAt) write(bar.querySelector("[data-part=left]"), filled(gettext("Leaves in {seconds} s"), { seconds }));
  if (now >= Date.parse(until)) bar.querySelector("button")?.remove();
  if (now < Math.max(Date.parse(until), leavesAt ? Date.parse(leavesAt) : 0)) return;
  if (leavesAt) bar.replaceChildren(said(gettext("Sent: the customer can read it")));
  bar.removeAttribute("data-undo");
  if (leavesAt) setTimeout(() => bar.remove(), 4000);
  else bar.remove();
}

function said(words) {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.textContent = words;
  return line;
}

function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
