// The current one of WhatsApp's layouts. The components are written in the layout of June 2026. All other layouts list
// their differences, which the JSX runtime (jsx.js) applies.
//
// A layout has these properties:
//   name, rowHeight
//   slots, before     how many rows are drawn at once, and how many of them are above the first visible one
//   place             which row of the window a slot starts with
//   inOrder           whether the nodes of the rows are in visual order
//   search            "input" or "contenteditable"
//   chips             "measured", "plain" or "button"
//   boxes             which of the optional boxes it has
//   icons             its name of an icon, if that is not our name
//   untagged          icons whose name is only in their title
//   iconTitles, iconTestids   whether an icon has a title, and a test id with its name
//   mask              whether one icon has a mask whose id is the id of the conversation
//   testids           whether it has a test id
//   classes           its name of one of our classes
//   attributes        by our class: the attributes that differ, or null for attributes that are missing
//   root, body        the id of the document element, and the classes of its body
//   id                the id attribute of a message, from the chat, the message and the account

import { ALBUM } from "./ids.js";
import { august2024 } from "./layouts/2024-08.js";
import { december2025 } from "./layouts/2025-12.js";
import { june2026 } from "./layouts/2026-06.js";
import { may2023 } from "./layouts/2023-05.js";
import { classNames } from "./names.js";
import { dark, dir, lang } from "./options.js";
import { get } from "./state.js";

const LAYOUTS = [may2023, august2024, december2025, june2026];
let current = june2026;

export const layout = () => current;
/** Whether the layout has an optional box. */
export const hasBox = (name) => current.boxes.includes(name);

/** Applies a layout, also to the elements of the server's HTML. */
export function wear(name, mount) {
  current = LAYOUTS.find((it) => it.name === name) ?? june2026;
  const isUnknown = name === "unknown";
  const html = document.documentElement;
  html.lang = lang;
  html.dir = dir;
  html.id = isUnknown ? "wa" : current.root;
  mount.id = isUnknown ? "root" : "mount_0_0_pW";
  if (isUnknown) document.body.className = dark ? "theme-night" : "theme-day";
  else document.body.className = classNames(dark ? `${current.body} dark` : current.body, current.classes);
}

/** The id attribute of a message. An album's id contains the ids of its first and last picture. */
export function idOf(chat, message) {
  const id = (key) => current.id(chat, { ...message, key }, get().account);
  if (message.form !== "album") return id(message.key);
  return `album-${id(message.key)}-${id(`${message.key.slice(0, -1)}F`)}-${ALBUM}`;
}
