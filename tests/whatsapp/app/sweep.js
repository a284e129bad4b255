// Removes foreign nodes. WhatsApp's React drops nodes that it did not create when it renders their parents again. React
// itself would often keep them, so they are removed explicitly after each render. An extension's nodes only survive
// outside of these elements.

import { useLayoutEffect } from "react";

/** React marks each node that it creates. */
const isReacts = (node) => Object.keys(node).some((key) => key.startsWith("__reactFiber$"));
const withPage = new Set();

function sweep(parent, deeply) {
  for (const child of [...parent.children]) {
    if (!isReacts(child)) child.remove();
    else if (deeply && !child.isContentEditable) sweep(child, deeply);
  }
}

/** Sweeps the element on each render of the component. The content of an editor is left alone. */
export function useSwept(ref, { deeply = false } = {}) {
  useLayoutEffect(() => {
    if (ref.current) sweep(ref.current, deeply);
  });
}

/** A `ref` for an element whose direct children are swept on each render of the page. */
export function sweptWithPage(element) {
  withPage.add(element);
  return () => withPage.delete(element);
}

/** Sweeps the elements of `sweptWithPage`. */
export function usePageSwept() {
  useLayoutEffect(() => {
    for (const element of withPage) sweep(element, false);
  });
}
