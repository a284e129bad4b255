// Times and dates as the page writes them: short in the list, as a heading in the conversation, and in the order "time,
// date" in the attribute that is copied together with a message.

import { words } from "./words.js";

const DAY = 86_400_000;
const { locale, clock, order, comma } = words.date;
const hours = new Intl.DateTimeFormat(
  locale,
  clock === 12
    ? { hour: "numeric", minute: "2-digit", hour12: true }
    : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
);
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });

export function time(ms) {
  return hours.format(ms);
}

/** Formats a date in the language's order. A part has two digits where `order` has two letters. */
export function date(ms) {
  const at = new Date(ms);
  const parts = { y: at.getFullYear(), m: at.getMonth() + 1, d: at.getDate() };
  return order.replace(/y|mm?|dd?/g, (part) => String(parts[part[0]]).padStart(part.length, "0"));
}

/** Calendar days since then. */
function ago(ms) {
  return Math.round((new Date().setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / DAY);
}

/** The date in a row of the chat list. */
export function short(ms) {
  return ago(ms) <= 0 ? time(ms) : day(ms);
}

/** The heading above the messages of a day. */
export function day(ms) {
  const days = ago(ms);
  if (days <= 0) return words.today;
  if (days === 1) return words.yesterday;
  return days < 7 ? weekday.format(ms) : date(ms);
}

/** The prefix that is copied together with a message. */
export function stamp(ms, author) {
  return `[${time(ms)}${comma}${date(ms)}] ${author}: `;
}
