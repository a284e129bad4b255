// Until autumn 2025 buttons were named by their title, with or without a label.

const label = (props) => props["aria-label"];

export const titled = { title: label, "aria-label": null };
export const titledAndLabelled = { title: label };
