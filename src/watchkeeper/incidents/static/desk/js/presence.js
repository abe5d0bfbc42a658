// Says to the desk that this page is looked at, or written in, and shows who else does: at once when that changes, and
// every twenty seconds, for what was not said for a while is believed no more.

const EVERY = 20_000;
const LOOK_EVERY = 2_000;
const WRITES_FOR = 12_000;

let place = null;
let said = null;
let saidAt = -Infinity;
let writtenAt = -Infinity;

export function mountPresence() {
  place = document.querySelector("[data-presence]");
  if (!place) return;
  document.addEventListener("input", ({ target }) => target.matches("textarea") && write());
  document.addEventListener("visibilitychange", () => (isSeen() ? say() : leave()));
  document.addEventListener("watchkeeper:met", () => isSeen() && say());
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", ({ persisted }) => persisted && isSeen() && say());
  setInterval(keepUp, LOOK_EVERY);
  if (isSeen()) say();
}

function write() {
  writtenAt = performance.now();
  keepUp();
}

function keepUp() {
  if (isSeen() && (doing() !== said || performance.now() - saidAt > EVERY)) say();
}

function doing() {
  return performance.now() - writtenAt < WRITES_FOR ? "writing" : "looking";
}

async function say() {
  said = doing();
  saidAt = performance.now();
  const answer = await fetch(place.dataset.presence, { method: "POST", body: words(said) }).catch(() => null);
  const others = answer?.status === 200 ? (await answer.text()).trim() : "";
  if (place.innerHTML !== others) place.innerHTML = others;
}

function leave() {
  if (said === null) return;
  said = null;
  navigator.sendBeacon(place.dataset.presence, words("left"));
}

function words(what) {
  const body = new FormData();
  body.append("doing", what);
  body.append("csrfmiddlewaretoken", place.dataset.token);
  return body;
}

function isSeen() {
  return document.visibilityState === "visible";
}
