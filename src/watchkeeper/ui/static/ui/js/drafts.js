// What is written in a [data-draft] is kept in this browser until the desk has it: through a reload, a lost connection,
// or a look at another page. It counts as sent when [data-events], what the desk has of that kind, has grown since.

const PREFIX = "watchkeeper-draft:";

export function mountDrafts() {
  for (const field of document.querySelectorAll("[data-draft]")) mount(field);
}

function mount(field) {
  const key = PREFIX + field.dataset.draft;
  const kept = read(key);
  if (kept && kept.sentAt !== undefined && Number(field.dataset.events) > kept.sentAt) sessionStorage.removeItem(key);
  else if (kept && !field.value) field.value = kept.text;
  field.addEventListener("input", () => write(key, { text: field.value }));
  field.form.addEventListener("submit", () => write(key, { text: field.value, sentAt: Number(field.dataset.events) }));
}

function read(key) {
  const kept = sessionStorage.getItem(key);
  return kept ? JSON.parse(kept) : null;
}

function write(key, draft) {
  if (draft.text) sessionStorage.setItem(key, JSON.stringify(draft));
  else sessionStorage.removeItem(key);
}
