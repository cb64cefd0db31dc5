// Dates in the zone of the people shown, which need not be the browser's.

import { locale, say } from "./words.js";

let zone = "Asia/Shanghai";

export function setZone(name) {
  zone = name || zone;
}

const format = (date, options) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }).format(date);

export const time = (date) => format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const seconds = (date) =>
  format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
// Chinese puts the weekday last, English first.
export function day(date) {
  const [weekday, rest] = [format(date, { weekday: "short" }), format(date, { month: "short", day: "numeric" })];
  return locale() === "zh-CN" ? `${rest} ${weekday}` : `${weekday} ${rest}`;
}

export const dayKey = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);

// The instant at which clocks in the zone show this wall time.
function instant(year, month, date, hour, minute) {
  const wanted = Date.UTC(year, month - 1, date, hour, minute);
  let guess = wanted;
  for (let i = 0; i < 2; i++) guess = wanted - (wall(guess) - guess);
  return new Date(guess);
}

function wall(stamp) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric", second: "numeric",
    }).formatToParts(new Date(stamp)).map((part) => [part.type, Number(part.value)]),
  );
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}

export function nextMorning(now) {
  const [year, month, date] = dayKey(now).split("-").map(Number);
  return instant(year, month, date + 1, 8, 30);
}

export function span(totalSeconds) {
  const minutes = Math.round(Math.abs(totalSeconds) / 60);
  const parts = [["d", Math.floor(minutes / 1440)], ["h", Math.floor(minutes / 60) % 24], ["m", minutes % 60]];
  return parts.filter(([, count]) => count).slice(0, 2).map(([key, count]) => say(key, count)).join(" ");
}
