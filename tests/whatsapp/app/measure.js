// With `measure=1` in the address, records in `window.measured` when the chat list has its rows, and when Baton's chips
// are on them, in milliseconds since the page began to load.

import { measure } from "./options.js";

if (measure) {
  const measured = (window.measured = {});
  const observer = new MutationObserver(() => {
    if (!measured.rows && document.querySelector("[data-testid^=list-item-]")) measured.rows = performance.now();
    if (!measured.rows || !document.querySelector("[data-baton=overlay]")) return;
    if (!document.querySelector("[data-baton=chips]")) return;
    observer.disconnect();
    // The next frame shows the present nodes.
    requestAnimationFrame(() => (measured.chips = performance.now()));
  });
  observer.observe(document, { childList: true, subtree: true });
}
