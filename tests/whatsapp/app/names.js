// Class names of the current layout. With `mutate=renamed-classes` they are replaced by unknown names. The style sheet
// is changed in the same way, so that the page looks the same.

import { mutates } from "./options.js";

const isRenamed = mutates("renamed-classes");
const CLASS = /\.(-?[_a-z][\w-]*)/gi;

/** Short and regular names, like those of WhatsApp's build tools. */
function renamed(name) {
  let sum = 0x811c9dc5;
  for (const c of name) sum = Math.imul(sum ^ c.codePointAt(0), 0x01000193) >>> 0;
  return `q${sum.toString(36)}`;
}

/** Translates the class names in a string. `classes` are the names in the layout. */
export function classNames(text, classes) {
  const names = text.split(" ").flatMap((name) => (classes[name] ?? name).split(" "));
  return (isRenamed ? names.map(renamed) : names).join(" ");
}

function follow(rules) {
  for (const rule of rules) {
    if (rule.selectorText) rule.selectorText = rule.selectorText.replace(CLASS, (_, name) => `.${renamed(name)}`);
  }
}

/** Renames the classes in the page's own style sheet. */
export function renameStyles() {
  if (!isRenamed) return;
  for (const { href, cssRules } of document.styleSheets) {
    if (href?.endsWith("/app.css")) follow(cssRules);
  }
}
