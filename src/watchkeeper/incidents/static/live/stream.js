// One stream of server-sent events while the page is looked at. It says which incidents changed, and nothing of them.

const ADDRESS = "/live";
const SILENCE = 40_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

const FORBIDDEN = 403;

let source = null;
let silence = null;
let retry = null;
let wait = FIRST_WAIT;
let isTurnedAway = false;
let tell = null;

// `says` has a function for each thing that can be said: changed(references), met(references), catchUp(), heard(), lost(), signedOut().
export function mountStream(says) {
  tell = says;
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", follow);
  window.addEventListener("online", follow);
  window.addEventListener("offline", lose);
  follow();
}

// A browser opens few connections to one desk: a tab that nobody looks at leaves them to the others.
function follow() {
  if (document.visibilityState !== "visible") close();
  else if (source === null && !isTurnedAway) open();
}

function open() {
  close();
  source = new EventSource(ADDRESS);
  source.addEventListener("catch-up", () => hear(() => tell.catchUp()));
  source.addEventListener("changed", ({ data }) => hear(() => tell.changed(JSON.parse(data).incidents)));
  source.addEventListener("met", ({ data }) => hear(() => tell.met(JSON.parse(data).incidents)));
  source.addEventListener("beat", () => hear(() => tell.heard()));
  source.addEventListener("crowded", giveWay);
  source.addEventListener("error", lose);
  listen();
}

function hear(say) {
  wait = FIRST_WAIT;
  listen();
  say();
}

function listen() {
  clearTimeout(silence);
  silence = setTimeout(lose, SILENCE);
}

function close() {
  clearTimeout(silence);
  clearTimeout(retry);
  source?.close();
  source = null;
}

// Others of the same reader took its place: this page goes on by asking now and then.
function giveWay() {
  close();
  isTurnedAway = true;
}

function lose() {
  if (isTurnedAway) return;
  close();
  tell.lost();
  retry = setTimeout(comeBack, wait * (0.5 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

// An EventSource does not say why it was refused, so that is asked first.
async function comeBack() {
  const answer = await fetch(ADDRESS, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (source !== null || document.visibilityState !== "visible") return;
  if (answer?.status === FORBIDDEN) tell.signedOut();
  else if (answer?.ok) open();
  else lose();
}
