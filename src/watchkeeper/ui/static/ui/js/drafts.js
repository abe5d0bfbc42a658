// What is written in a [data-draft] is kept in this browser until the desk has it: through a reload, a lost connection,
// or a look at another page. It counts as sent when [data-events], what the desk has of that kind, has grown since.
// As long as a form of the page takes back what was sent, [data-unsays], it is kept for that.

const PREFIX = "watchkeeper-draft:";

export function mountDrafts() {
  for (const field of document.querySelectorAll("[data-draft]")) mount(field);
  document.addEventListener("submit", ({ target }) => target.dataset.unsays && takeBack(PREFIX + target.dataset.unsays));
}

function mount(field) {
  const { draft } = field.dataset;
  const key = PREFIX + draft;
  const kept = read(key);
  if (kept && isSent(kept, field)) settle(key, kept, draft);
  else if (kept && !field.value) field.value = kept.text;
  field.addEventListener("input", () => write(key, { text: field.value }));
  field.form.addEventListener("submit", () => write(key, { text: field.value, sentAt: Number(field.dataset.events) }));
}

function isSent(kept, field) {
  return kept.sentAt !== undefined && Number(field.dataset.events) > kept.sentAt;
}

function settle(key, kept, draft) {
  if (!document.querySelector(`[data-unsays="${CSS.escape(draft)}"]`)) sessionStorage.removeItem(key);
}

function takeBack(key) {
  const kept = read(key);
  if (kept) write(key, { text: kept.text });
}

function read(key) {
  const kept = sessionStorage.getItem(key);
  return kept ? JSON.parse(kept) : null;
}

function write(key, draft) {
  if (draft.text) sessionStorage.setItem(key, JSON.stringify(draft));
  else sessionStorage.removeItem(key);
}
