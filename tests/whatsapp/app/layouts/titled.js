// Until autumn 2025 what is pressed was called by its title, with or without a label beside it.

const label = (props) => props["aria-label"];

export const titled = { title: label, "aria-label": null };
export const titledAndLabelled = { title: label };
