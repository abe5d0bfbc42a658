// Operating time left, counted down. Pure: every function is given its instants, in milliseconds since the epoch.

// "1000-2000 5000-9000" as [[1000, 2000], [5000, 9000]].
export function parseSpans(written) {
  return written.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
}

// Operating milliseconds in [from, to).
export function counted(spans, from, to) {
  return spans.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
}

// What is left at `now` of the `left` milliseconds that were left at `from`; never below zero.
export function remaining({ left, spans, from }, now) {
  return Math.max(0, left - counted(spans, from, now));
}

export function isOpen(spans, now) {
  return spans.some(([start, end]) => start <= now && now < end);
}

export function nextOpening(spans, now) {
  return spans.find(([start]) => start > now)?.[0] ?? null;
}

export function tone(fraction) {
  return fraction > 0.5 ? "calm" : fraction > 0.2 ? "soon" : "urgent";
}

// As moments.duration writes it: "6 h 40 min", "39 min", "9 min 12 s" below ten minutes, "0 s".
export function spoken(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = seconds % 60;
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes >= 10 || (minutes && !rest)) return `${minutes} min`;
  return minutes ? `${minutes} min ${rest} s` : `${rest} s`;
}
