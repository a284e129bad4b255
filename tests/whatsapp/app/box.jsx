// A box that only some layouts have. Other layouts render its children without the box.

import { hasBox } from "./layout.js";

export function Box({ name, children, ...props }) {
  return hasBox(name) ? <div {...props}>{children}</div> : children;
}
