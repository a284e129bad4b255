// Times and dates as the page writes them: short in the list, as a heading in the conversation, and in the order
// "time, date" in the attribute that a copied message brings along.

import { words } from "./words.js";

const DAY = 86_400_000;
const [locale, order] = words.date;
const hours = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const hours12 = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", hour12: true });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });

export function time(ms) {
  return (order === "ar" ? hours12 : hours).format(ms);
}

export function date(ms) {
  const at = new Date(ms);
  const [y, m, d] = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  const two = (n) => String(n).padStart(2, "0");
  if (order === "zh") return `${y}年${m}月${d}日`;
  if (order === "ar") return `${y}/${m}/${d}`;
  return `${two(d)}/${two(m)}/${y}`;
}

/** Days since then, by the calendar. */
function ago(ms) {
  return Math.round((new Date().setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / DAY);
}

/** What a row of the chat list says. */
export function short(ms) {
  return ago(ms) <= 0 ? time(ms) : day(ms);
}

/** The heading over a day's messages. */
export function day(ms) {
  const days = ago(ms);
  if (days <= 0) return words.today;
  if (days === 1) return words.yesterday;
  return days < 7 ? weekday.format(ms) : date(ms);
}

/** What a message brings along when it is copied. */
export function stamp(ms, author) {
  return order === "ar" ? `[${time(ms)}، ${date(ms)}] ${author}: ` : `[${time(ms)}, ${date(ms)}] ${author}: `;
}
