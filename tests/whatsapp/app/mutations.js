// What `mutate=` in the address does to every element before React sees it: a day on which WhatsApp has changed just
// that. What changes more than attributes is where it is drawn.

import { mutates } from "./options.js";

const SWAPPED = { row: "listitem", listitem: "row" };
/** As in summer 2023: the box that is placed is an item, and the one that is selected a row. */
const NESTED = { row: "listitem", "row-body": "row" };

const ALL = {
  "nested-rows": (props, ours) => {
    for (const name of ours) if (name in NESTED) props.role = NESTED[name];
  },
  "swapped-rows": (props) => {
    props.role = SWAPPED[props.role] ?? props.role;
  },
  "no-testids": (props) => {
    props["data-testid"] = null;
  },
  "no-roles": (props) => {
    props.role = null;
  },
};

const asked = Object.keys(ALL).filter(mutates).map((name) => ALL[name]);

/** Changes the attributes of an element that has these classes of ours. */
export function mutate(props, ours) {
  for (const change of asked) change(props, ours);
}
