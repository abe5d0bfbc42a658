// What every page does. Fragments that htmx brings in are treated like the page itself.
import { mountAttachments } from "./attachments.js";
import { serverNow } from "./clock.js";
import { mountDialogs } from "./dialogs.js";
import { mountDrafts } from "./drafts.js";
import { listenForFlashes, mountFlashes } from "./flashes.js";
import { mountMenus } from "./menus.js";
import { mountZoneSwitches, showMoments } from "./moments.js";
import { mountThemeSwitches } from "./theme-switch.js";
import { showAll } from "./time-left.js";

mountThemeSwitches(document);
mountZoneSwitches(document);
mountDialogs();
mountDrafts();
mountAttachments();
mountMenus();
listenForFlashes();
show(document);
document.querySelector("[data-takes-focus]")?.focus();
document.addEventListener("htmx:load", (event) => show(event.detail.elt));
setInterval(() => showAll(document, serverNow()), 1000);

function show(root) {
  showMoments(root);
  mountFlashes(root);
  showAll(document, serverNow());
}
