// Keeps a page as the desk has it, and says when it cannot.
import { back, heard, lost, mountConnection, over } from "./connection.js";
import { mountPulse, pulse } from "./pulse.js";
import { mountStream } from "./stream.js";

export function mountLive() {
  if (!document.querySelector("[data-pulse]")) return;
  mountConnection();
  mountPulse({ onAnswer: heard, onGone: over });
  mountStream({
    changed: (references) => {
      back();
      pulse(references);
    },
    met: () => {
      back();
      document.dispatchEvent(new Event("watchkeeper:met"));
    },
    catchUp: () => {
      back();
      document.dispatchEvent(new Event("watchkeeper:met"));
      pulse();
    },
    heard: back,
    lost,
    signedOut: over,
  });
}
