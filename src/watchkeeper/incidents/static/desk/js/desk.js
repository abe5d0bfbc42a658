// What the desk's pages add to ui/js/page.js: keys, the palette of commands, and pages that are kept as the desk has them.
import { mountLive } from "../../live/live.js";
import { mountAppended } from "./appended.js";
import { mountKeys } from "./keys.js";
import { mountPalette } from "./palette.js";
import { mountPresence } from "./presence.js";
import { mountTemplates } from "./templates.js";
import { mountUndo } from "./undo.js";
import { mountSeveral } from "./several.js";

mountAppended();
mountKeys();
mountPalette();
mountSeveral();
mountLive();
mountPresence();
mountTemplates();
mountUndo();
