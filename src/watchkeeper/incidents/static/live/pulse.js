// A [data-pulse] asks the desk whether it changed: when the desk says so, when the reader comes back, and every half
// minute anyway. The desk answers 204 while nothing did. What the reader is at is not taken from under their hands.

const EVERY = 30_000;
const SOONEST = 1_000;
const PATIENCE = 10_000;

const ALL = "*";

const underWay = new Set();
let owed = new Set();
let timer = null;
let askedAt = -Infinity;

export function mountPulse({ onAnswer, onGone }) {
  setInterval(() => pulse(), EVERY);
  document.addEventListener("visibilitychange", () => pulse());
  document.addEventListener("close", askWhatIsOwed, true);
  document.addEventListener("htmx:beforeSend", (event) => isPulse(event) && begin(event.detail.xhr));
  document.addEventListener("htmx:afterRequest", (event) => isPulse(event) && finish(event.detail, onAnswer, onGone));
  document.addEventListener("htmx:beforeSwap", keepWhatIsHeld);
  document.addEventListener("htmx:oobBeforeSwap", leaveWhatIsBeingWritten);
}

// The incidents of these names may have changed; without names, any.
export function pulse(references = [ALL]) {
  for (const reference of references) owed.add(reference);
  askWhatIsOwed();
}

// At most once a second, one question after the other: an element that is replaced would forget one that waits.
function askWhatIsOwed() {
  if (timer !== null || isBusy() || !owed.size) return;
  timer = setTimeout(ask, Math.max(0, askedAt + SOONEST - performance.now()));
}

function ask() {
  timer = null;
  if (isBusy()) return;
  const due = owed;
  owed = new Set();
  askedAt = performance.now();
  for (const element of document.querySelectorAll("[data-pulse]")) {
    if (isConcerned(element, due)) element.dispatchEvent(new Event("pulse"));
  }
}

function isBusy() {
  return document.visibilityState !== "visible" || underWay.size > 0 || document.querySelector("dialog[open]") !== null;
}

// data-pulse="WK-7F3K2Q" is about one incident, without a name about any.
function isConcerned(element, due) {
  const { pulse: reference } = element.dataset;
  return due.has(ALL) || !reference || due.has(reference);
}

function isPulse({ detail }) {
  return detail.requestConfig?.elt.matches("[data-pulse]") ?? false;
}

function begin(xhr) {
  xhr.timeout = PATIENCE;
  underWay.add(xhr);
}

function finish(asked, onAnswer, onGone) {
  if (!underWay.delete(asked.xhr)) return;
  const { status } = asked.xhr;
  if (status === 403 || status === 404 || isElsewhere(asked)) onGone();
  else if (status === 200 || status === 204) onAnswer();
  askWhatIsOwed();
}

// Whoever is signed out is led away, to sign in.
function isElsewhere({ xhr, pathInfo }) {
  return xhr.status === 200 && new URL(xhr.responseURL).pathname !== new URL(pathInfo.finalRequestPath, location.href).pathname;
}

// Focus stays on the same link, what was opened stays open, and what was scrolled stays where it was. What another page
// answered is not put into this one.
function keepWhatIsHeld(event) {
  if (!isPulse(event)) return;
  const { detail } = event;
  if (isElsewhere(detail)) detail.shouldSwap = false;
  if (!detail.shouldSwap) return;
  const focus = placeOf(document.activeElement);
  const opened = [...document.querySelectorAll("details[open]")].map(placeOf).filter(Boolean);
  const scrolled = frames().map((frame) => frame.scrollTop);
  document.addEventListener("htmx:afterSwap", () => {
    frames().forEach((frame, nth) => { frame.scrollTop = scrolled[nth] ?? 0; });
    for (const place of opened) find(place)?.setAttribute("open", "");
    if (focus && document.activeElement === document.body) find(focus)?.focus({ preventScroll: true });
  }, { once: true });
}

function frames() {
  return [...document.querySelectorAll(".table-frame")];
}

// Where an element stands, said so that it can be found again among new ones: the nth of its words in a named piece.
function placeOf(element) {
  const piece = element?.closest("[id]");
  if (!piece || piece === element || element === document.body) return null;
  const like = [...piece.querySelectorAll(element.localName)].filter((other) => wordsOf(other) === wordsOf(element));
  return { piece: piece.id, name: element.localName, words: wordsOf(element), nth: like.indexOf(element) };
}

function find({ piece, name, words, nth }) {
  const among = document.getElementById(piece)?.querySelectorAll(name) ?? [];
  return [...among].filter((other) => wordsOf(other) === words)[nth];
}

function wordsOf(element) {
  return element.getAttribute("href") ?? (element.querySelector("summary") ?? element).textContent.trim();
}

// A piece of the page in which somebody writes, or has written, stays as it is.
function leaveWhatIsBeingWritten({ detail }) {
  const fields = [...detail.target.querySelectorAll("input:not([type=hidden]), textarea, select")];
  if (fields.some((field) => field === document.activeElement || isChanged(field))) detail.shouldSwap = false;
}

function isChanged(field) {
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  return field.localName === "textarea" ? field.value !== "" : field.value !== field.defaultValue;
}
