// The options in the address: theme, direction, language, layout, mutation, and whether to measure. They are read once,
// before anything is drawn.

const query = new URLSearchParams(location.search);
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

export const lang = query.get("lang") || "en";
export const dir = query.get("dir") || (RIGHT_TO_LEFT.includes(lang.split("-")[0]) ? "rtl" : "ltr");
export const dark = query.get("dark") === "1";
export const firstLayout = query.get("layout") || "2026-06";
export const measure = query.get("measure") === "1";

const asked = new Set((query.get("mutate") ?? "").split(","));

/** Whether the address asks for this mutation. */
export const mutates = (name) => asked.has(name);
