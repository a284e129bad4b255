// WhatsApp's React drops nodes that it did not make when it draws their surroundings anew. React itself would often
// leave them, so here they are removed by hand after each drawing: whoever wants to stay has to stay outside.

import { useLayoutEffect } from "react";

/** React marks each node that it makes. */
const isReacts = (node) => Object.keys(node).some((key) => key.startsWith("__reactFiber$"));
const withPage = new Set();

function sweep(parent, deeply) {
  for (const child of [...parent.children]) {
    if (!isReacts(child)) child.remove();
    else if (deeply && !child.isContentEditable) sweep(child, deeply);
  }
}

/** Sweeps the element whenever the component is drawn. An editor's inside is its own. */
export function useSwept(ref, { deeply = false } = {}) {
  useLayoutEffect(() => {
    if (ref.current) sweep(ref.current, deeply);
  });
}

/** As `ref` of an element: the direct children of it are swept whenever the page is drawn. */
export function sweptWithPage(element) {
  withPage.add(element);
  return () => withPage.delete(element);
}

/** Sweeps what is swept with the page. */
export function usePageSwept() {
  useLayoutEffect(() => {
    for (const element of withPage) sweep(element, false);
  });
}
