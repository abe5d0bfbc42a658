// What the desk's pages add to ui/js/page.js: keys, and the pulse that keeps a page fresh.
import { mountKeys } from "./keys.js";
import { mountPulse } from "./pulse.js";

mountKeys();
mountPulse();
