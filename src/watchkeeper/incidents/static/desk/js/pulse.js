// Every few seconds, and at once when the reader comes back, each [data-pulse] asks the desk whether it changed. The
// desk answers 204 while nothing did. A tab that nobody looks at, or a dialog being filled in, is left alone.

const EVERY = 5000;

export function mountPulse() {
  setInterval(pulse, EVERY);
  document.addEventListener("visibilitychange", pulse);
}

function pulse() {
  if (document.visibilityState !== "visible" || document.querySelector("dialog[open]")) return;
  for (const element of document.querySelectorAll("[data-pulse]")) element.dispatchEvent(new Event("pulse"));
}
