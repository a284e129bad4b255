// What the address asks of the page: its theme, direction and language, whether it is laid out as nobody knows it, and
// whether it is to measure. Read once, before anything is drawn.

const query = new URLSearchParams(location.search);
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

export const lang = query.get("lang") || "en";
export const dir = query.get("dir") || (RIGHT_TO_LEFT.includes(lang.split("-")[0]) ? "rtl" : "ltr");
export const dark = query.get("dark") === "1";
export const isUnknown = query.get("layout") === "unknown";
export const measure = query.get("measure") === "1";

/** Puts the options on the elements that the server's page brought along. */
export function apply(mount) {
  const html = document.documentElement;
  html.lang = lang;
  html.dir = dir;
  document.body.classList.toggle("dark", dark);
  if (isUnknown) {
    html.id = "wa";
    mount.id = "root";
    document.body.className = dark ? "theme-night" : "theme-day";
  }
}
