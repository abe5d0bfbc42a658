// Messages can be dismissed, and a request that never arrived, or was refused, is said instead of failing silently.
import { filled, gettext } from "./words.js";

export function mountFlashes(root) {
  for (const button of root.querySelectorAll("[data-dismiss]")) button.hidden = false;
}

export function listenForFlashes() {
  document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-flash]").remove());
  document.addEventListener("htmx:sendError", (event) => {
    if (isAnAct(event)) say(gettext("The desk cannot be reached. What you typed is still here: try again."));
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (isAnAct(event)) say(wordsFor(event.detail.xhr.status));
  });
}

// What a page asks by itself fails quietly: nobody waits for it.
function isAnAct({ target }) {
  return !target.matches("[data-pulse]");
}

function say(words) {
  const flash = document.getElementById("flash-offline").content.firstElementChild.cloneNode(true);
  flash.querySelector("p").textContent = words;
  document.getElementById("flashes")?.replaceChildren(flash);
  flash.scrollIntoView({ block: "nearest" });
}

function wordsFor(status) {
  if (status === 403) return gettext("Not done: you are no longer signed in, or may not do this. Load the page again.");
  if (status === 404) return gettext("Not done: what you acted on is no longer open to you.");
  if (status === 409) return gettext("Not done: somebody was faster. Load the page again and decide anew.");
  const words = gettext("Not done: the desk answered {status}. What you typed is still here: try again.");
  return filled(words, { status });
}
