// Every <time data-moment>: drawn by the server in the desk's zone, turned to the reader's, and back when asked to.
import { readChoice, writeChoice } from "./choices.js";
import { filled, gettext } from "./words.js";

const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const STYLES = {
  short: gettext("{weekday} {day} {month}, {clock}"),
  zoned: gettext("{weekday} {day} {month}, {clock} {zone}"),
  full: gettext("{weekday} {day} {month} {year}, {clock}:{second} {zone}"),
  day: gettext("{weekday} {day} {month} {year}"),
  clock: "{clock}",
  dated: gettext("{weekday} {day} {month} {year}, {clock}"),
  "dated-zoned": gettext("{weekday} {day} {month} {year}, {clock} {zone}"),
};

// The reader's zone unless told otherwise; the same forms as moments.py writes.
export function written(at, style, zone, label) {
  if (!(style in STYLES)) throw new RangeError(`"${style}" is no style of a moment`);
  const isFull = style === "full";
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat(LANGUAGE, {
      timeZone: zone, hourCycle: "h23", weekday: isFull ? "long" : "short", day: "numeric",
      month: isFull ? "long" : "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
    }).formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return filled(STYLES[style], {
    ...parts,
    weekday: parts.weekday.replace(".", ""),
    month: isFull ? parts.month : parts.month.slice(0, 3),
    clock: `${parts.hour}:${parts.minute}`,
    zone: label ?? zoneLabel(at, zone),
  });
}

export function momentElement(at, style) {
  const element = document.createElement("time");
  element.dateTime = new Date(at).toISOString();
  element.dataset.moment = style;
  showMoment(element);
  return element;
}

export function showMoments(root) {
  for (const element of root.querySelectorAll("time[data-moment]")) showMoment(element);
}

// Without a switch on the page the desk's zone is unknown here, and what the server wrote stays.
function showMoment(element) {
  const desk = deskZone();
  if (!desk) return;
  const at = Date.parse(element.dateTime);
  const inReaders = (style) => written(at, style, undefined, readersZone() === desk.zone ? desk.label : undefined);
  const inDesks = (style) => written(at, style, desk.zone, desk.label);
  const isDesks = readChoice("zone") === "desk";
  element.textContent = (isDesks ? inDesks : inReaders)(element.dataset.moment);
  element.title = isDesks ? filled(gettext("{time} for you"), { time: inReaders("full") })
    : filled(gettext("{time} at the desk"), { time: inDesks("full") });
}

// The switch (there may be several on a page) shows the choice and takes a new one.
export function mountZoneSwitches(root) {
  for (const fieldset of root.querySelectorAll("[data-zone-switch]")) {
    if (readersZone() === fieldset.dataset.deskZone) continue;
    fieldset.querySelector('[data-part="reader"]').textContent = filled(gettext("You · {zone}"), { zone: zoneLabel(Date.now()) });
    fieldset.querySelector(`input[value="${readChoice("zone") === "desk" ? "desk" : "reader"}"]`).checked = true;
    fieldset.hidden = false;
    fieldset.addEventListener("change", (event) => {
      writeChoice("zone", event.target.value);
      showMoments(document);
    });
  }
}

function deskZone() {
  const { deskZone: zone, deskLabel: label } = document.querySelector("[data-zone-switch]")?.dataset ?? {};
  return zone ? { zone, label } : null;
}

function readersZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function zoneLabel(at, zone) {
  const parts = new Intl.DateTimeFormat(LANGUAGE, { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName").value;
}
