// The server's clock as this page knows it. The offset is taken once, from the moment the answer began to arrive.

export function offsetFrom(serverTime, answeredAt) {
  const at = Date.parse(serverTime);
  return Number.isNaN(at) ? 0 : at - answeredAt;
}

function answeredAt() {
  const [navigation] = performance.getEntriesByType("navigation");
  return performance.timeOrigin + (navigation?.responseStart ?? performance.now());
}

let offset;

// Milliseconds since the epoch by the server's clock.
export function serverNow() {
  offset ??= offsetFrom(document.querySelector('meta[name="server-time"]')?.content, answeredAt());
  return Date.now() + offset;
}
