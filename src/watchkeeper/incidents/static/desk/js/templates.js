// A template is chosen in its dialog, by pointer or by keys, and its words stand in the field where the cursor was.

export function mountTemplates() {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-insert]");
    if (chosen) insert(chosen);
  });
  document.addEventListener("input", ({ target }) => target.matches("[data-template-filter]") && filter(target));
  document.addEventListener("keydown", steer);
  document.addEventListener("htmx:load", ({ detail }) => detail.elt.querySelector?.("[data-template-filter]")?.focus());
}

function insert(chosen) {
  const field = document.getElementById(chosen.dataset.insert);
  const words = chosen.querySelector("[data-words]").textContent;
  chosen.closest("dialog").close();
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.scrollIntoView({ block: "center" });
}

function filter(field) {
  const sought = field.value.trim().toLowerCase();
  const dialog = field.closest("dialog");
  for (const item of dialog.querySelectorAll("[data-template-choices] > li")) {
    item.hidden = !item.textContent.toLowerCase().includes(sought);
  }
  dialog.querySelector("[data-template-none]").hidden = shown(dialog).length > 0;
}

function steer(event) {
  const dialog = event.target.closest?.("dialog:has([data-template-choices])");
  if (!dialog) return;
  const choices = shown(dialog);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && choices.length) choices[(choices.indexOf(event.target) + by + choices.length) % choices.length].focus();
  else if (event.key === "Enter" && event.target.matches("[data-template-filter]") && choices.length) insert(choices[0]);
  else return;
  event.preventDefault();
}

function shown(dialog) {
  return [...dialog.querySelectorAll("[data-template-choices] > li:not([hidden]) > [data-insert]")];
}
