// A box that only some layouts have. In the others, what is in it stands in its place.

import { hasBox } from "./layout.js";

export function Box({ name, children, ...props }) {
  return hasBox(name) ? <div {...props}>{children}</div> : children;
}
