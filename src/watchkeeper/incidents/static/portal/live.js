// A page of the portal that is kept as the desk has it.
import { mountLive } from "../live/live.js";

mountLive();
