// Mutations of attributes: `mutate=` in the address changes every element before React sees it, as if WhatsApp had
// changed just that. Mutations of more than attributes are implemented where the element is drawn.

import { mutates } from "./options.js";

const SWAPPED = { row: "listitem", listitem: "row" };
/** As in summer 2023: the positioned box has the role of an item, and the selected box that of a row. */
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

/** Changes the attributes of an element with these classes of ours. */
export function mutate(props, ours) {
  for (const change of asked) change(props, ours);
}
