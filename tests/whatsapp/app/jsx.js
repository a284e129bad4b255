// The JSX runtime of the page. An element's own class names its box. The runtime replaces that class by the attributes
// and classes of the current layout. So one set of components serves all layouts.

import * as react from "react/jsx-runtime";
import { layout } from "./layout.js";
import { mutate } from "./mutations.js";
import { classNames } from "./names.js";

const NONE = [];

function rewritten(props) {
  const { attributes, classes, testids } = layout();
  const ours = props.className?.split(" ") ?? NONE;
  const result = { ...props };
  for (const name of ours) {
    for (const [attribute, value] of Object.entries(attributes[name] ?? NONE)) {
      result[attribute] = typeof value === "function" ? value(props) : value;
    }
  }
  if (props.className) result.className = classNames(props.className, classes);
  if (!testids(result["data-testid"])) result["data-testid"] = null;
  mutate(result, ours);
  return result;
}

const make = (create) => (type, props, key) =>
  create(type, typeof type === "string" ? rewritten(props) : props, key);

export const jsx = make(react.jsx);
export const jsxs = make(react.jsxs);
export const { Fragment } = react;
