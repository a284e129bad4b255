// Class names as the layout has them, and, with `mutate=renamed-classes`, as nobody has them. The style sheet goes
// along with the second, so that the page looks the same.

import { mutates } from "./options.js";

const isRenamed = mutates("renamed-classes");
const CLASS = /\.(-?[_a-z][\w-]*)/gi;

/** Short and regular, like what WhatsApp's own tools make of a class. */
function renamed(name) {
  let sum = 0x811c9dc5;
  for (const c of name) sum = Math.imul(sum ^ c.codePointAt(0), 0x01000193) >>> 0;
  return `q${sum.toString(36)}`;
}

/** The class names in a string, given what a layout calls them. */
export function classNames(text, classes) {
  const names = text.split(" ").flatMap((name) => (classes[name] ?? name).split(" "));
  return (isRenamed ? names.map(renamed) : names).join(" ");
}

function follow(rules) {
  for (const rule of rules) {
    if (rule.selectorText) rule.selectorText = rule.selectorText.replace(CLASS, (_, name) => `.${renamed(name)}`);
  }
}

/** Lets the page's own style sheet follow the names. */
export function renameStyles() {
  if (!isRenamed) return;
  for (const { href, cssRules } of document.styleSheets) {
    if (href?.endsWith("/app.css")) follow(cssRules);
  }
}
