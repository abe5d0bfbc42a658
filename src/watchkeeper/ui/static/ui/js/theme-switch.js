// The choice between the system's theme, light and dark. theme.js applies it before the paint of the next page.
import { readChoice, writeChoice } from "./choices.js";

export function mountThemeSwitches(root) {
  for (const fieldset of root.querySelectorAll("[data-theme-switch]")) {
    const chosen = fieldset.querySelector(`input[value="${readChoice("theme") || "system"}"]`);
    if (chosen) chosen.checked = true;
    fieldset.hidden = false;
    fieldset.addEventListener("change", (event) => choose(event.target.value));
  }
}

function choose(theme) {
  writeChoice("theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
