// A quiet bar that says when the page cannot be trusted to be of now: since when, or that it is over for its reader.
import { serverNow } from "../ui/js/clock.js";
import { momentElement, written } from "../ui/js/moments.js";
import { gettext } from "../ui/js/words.js";

const A_BLINK = 1_500;

let bar = null;
let heardAt = 0;
let isLost = false;
let isOver = false;

export function mountConnection() {
  bar = document.createElement("div");
  bar.className = "connection";
  bar.setAttribute("role", "status");
  document.body.append(bar);
  heard();
}

// What the page shows is of now.
export function heard() {
  heardAt = serverNow();
  if (isLost) show();
}

export function back() {
  isLost = false;
  heard();
  if (!isOver) bar.replaceChildren();
}

// A connection that comes back within a blink was never away.
export function lost() {
  if (isLost) return;
  isLost = true;
  setTimeout(show, A_BLINK);
}

// The reader is signed out, or may not see this any more.
export function over() {
  isOver = true;
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = gettext("Load the page again");
  bar.replaceChildren(paragraph(gettext("This page is no longer open to you, or you are signed out."), " ", again, "."));
}

function show() {
  if (!isLost || isOver) return;
  const at = momentElement(heardAt, "clock");
  at.textContent ||= written(heardAt, "clock");
  const [before, after] = gettext("The connection is lost; what you see is from {time}. Trying again…").split("{time}");
  bar.replaceChildren(paragraph(before, at, after));
}

function paragraph(...parts) {
  const words = document.createElement("p");
  words.append(...parts);
  return words;
}
