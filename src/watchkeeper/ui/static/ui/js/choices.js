// What a reader chose for this browser: one cookie each, kept for a year, readable before the first paint.

export function readChoice(name) {
  return document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

export function writeChoice(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
