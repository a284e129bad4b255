// Which of WhatsApp's layouts the page wears. The components are written in that of June 2026; every other one says
// how it differs, and the JSX runtime (jsx.js) makes it so.
//
// A layout has
//   name, rowHeight
//   slots, before     how many rows are drawn at once, and how many of them before the first that is seen
//   place             which row of the window a slot begins with
//   inOrder           whether the rows' nodes stand in the order of the eye
//   search            "input" or "contenteditable"
//   chips             "measured", "plain" or "button"
//   boxes             which of the boxes that only some layouts have it has
//   icons             what it calls an icon, where that is not our name for it
//   untagged          icons that only say their name in their title
//   iconTitles, iconTestids   whether an icon has a title, and its name for a test id
//   mask              whether an icon brings a mask along whose id is that of the conversation
//   testids           which test ids it has
//   classes           what it calls a class of ours
//   attributes        by class of ours: attributes that are other, or, if null, missing
//   root, body        the id of the document's element, and the classes of its body
//   id                what a message says it is, of the chat, the message and the account

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
/** Whether the layout has a box that only some have. */
export const hasBox = (name) => current.boxes.includes(name);

/** Puts a layout on, and what it is known by on the elements that the server's page brought along. */
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

/** What a message says it is. An album names its first picture and its last. */
export function idOf(chat, message) {
  const id = (key) => current.id(chat, { ...message, key }, get().account);
  if (message.form !== "album") return id(message.key);
  return `album-${id(message.key)}-${id(`${message.key.slice(0, -1)}F`)}-${ALBUM}`;
}
