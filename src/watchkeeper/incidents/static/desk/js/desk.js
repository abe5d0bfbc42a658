// What the desk's pages add to ui/js/page.js: keys, pages that are kept as the desk has them, drafts that survive.
import { mountLive } from "../../live/live.js";
import { mountDrafts } from "./drafts.js";
import { mountKeys } from "./keys.js";

mountDrafts();
mountKeys();
mountLive();
