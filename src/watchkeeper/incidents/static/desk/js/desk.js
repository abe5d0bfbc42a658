// What the desk's pages add to ui/js/page.js: keys, the palette of commands, and the pulse that keeps a page fresh.
import { mountKeys } from "./keys.js";
import { mountPalette } from "./palette.js";
import { mountPulse } from "./pulse.js";

mountKeys();
mountPalette();
mountPulse();
