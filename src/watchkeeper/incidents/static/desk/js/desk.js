// What the desk's pages add to ui/js/page.js: keys, the pulse that keeps a page fresh, and drafts that survive.
import { mountDrafts } from "./drafts.js";
import { mountKeys } from "./keys.js";
import { mountPulse } from "./pulse.js";

mountDrafts();
mountKeys();
mountPulse();
