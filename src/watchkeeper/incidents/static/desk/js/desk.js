// What the desk's pages add to ui/js/page.js: keys, the palette of commands, and pages that are kept as the desk has them.
import { mountLive } from "../../live/live.js";
import { mountKeys } from "./keys.js";
import { mountPalette } from "./palette.js";
import { mountSeveral } from "./several.js";

mountKeys();
mountPalette();
mountSeveral();
mountLive();
