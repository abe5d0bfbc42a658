// Brings the server-drawn time-left components to life. The server's word stays the truth: when a window runs out here,
// the element sends "watchkeeper:due" (bubbling) and the page may fetch itself anew.
import { isOpen, nextOpening, parseSpans, remaining, spoken, tone } from "./countdown.js";
import { momentElement } from "./moments.js";
import { gettext } from "./words.js";

const seen = new WeakMap();

export function showAll(root, now) {
  for (const element of root.querySelectorAll("[data-countdown]")) show(element, now);
}

export function show(element, now) {
  const clock = clockOf(element);
  const left = remaining(clock, now);
  const fraction = clock.window ? left / clock.window : 0;
  const isRunning = isOpen(clock.spans, now);
  part(element, "arc").setAttribute("stroke-dasharray", `${(fraction * 100).toFixed(2)} 100`);
  write(part(element, "figure"), left ? spoken(left) : gettext("Due now"));
  part(element, "unit").hidden = !left;
  element.dataset.tone = tone(fraction);
  element.dataset.state = isRunning || !left ? "running" : "standing";
  showStandingStill(element, isRunning || !left, nextOpening(clock.spans, now));
  if (!left && !clock.isSpent) {
    clock.isSpent = true;
    element.dispatchEvent(new CustomEvent("watchkeeper:due", { bubbles: true }));
  }
}

function clockOf(element) {
  if (!seen.has(element)) {
    const { now, left, window, spans } = element.dataset;
    seen.set(element, {
      from: Date.parse(now), left: Number(left) * 1000, window: Number(window) * 1000, spans: parseSpans(spans), isSpent: false,
    });
  }
  return seen.get(element);
}

function showStandingStill(element, isRunning, opensAt) {
  const still = part(element, "still");
  still.hidden = isRunning;
  const shown = still.querySelector("time")?.dateTime;
  if (!isRunning && opensAt !== null && Date.parse(shown) !== opensAt) {
    part(element, "opens").replaceChildren(momentElement(opensAt, "zoned"));
  }
  element.querySelector(".ring-mark").hidden = isRunning;
}

function part(element, name) {
  return element.querySelector(`[data-part="${name}"]`);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
