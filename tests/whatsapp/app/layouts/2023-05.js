// May 2023: the first period with test ids. The positioned box is not the box with the role of a row.

import { words } from "../words.js";
import { august2024 } from "./2024-08.js";

/** Test ids that were introduced in the second period. */
const LATER = new Set(["navbar-primary-section", "author", "quoted-message", "image-album", "selectable-text"]);
/** The composer and the search have only a title with the placeholder text. */
const named = (title) => ({
  title,
  tabIndex: null,
  "aria-label": null,
  "aria-placeholder": null,
  "aria-autocomplete": null,
  "aria-owns": null,
});

export const may2023 = {
  ...august2024,
  name: "2023-05",
  root: "",
  body: "",
  chips: "button",
  boxes: ["bubble-inside", "badge-box"],
  icons: {
    ...august2024.icons,
    "chat-filled-refreshed": "chat",
    "status-refreshed": "status-v3-unread",
    "community-refreshed-32": "community-tab",
    "new-chat-outline": "chat",
    "plus-rounded": "clip",
  },
  iconTitles: false,
  iconTestids: true,
  testids: (id) => !LATER.has(id),
  classes: {
    xuk3077: "message-out",
    x1cy8zhl: "message-in",
    _aupe: "selectable-text",
    _akbu: "_21Ahp",
    bubble: "bubble _1-lf9",
    "cell-frame": "cell-frame _199zF _3j691",
    "cell-title": "cell-title _21S-L",
    "message-box": "hY_ET",
    "bubble-inside": "ItfyB _3nbHh",
  },
  attributes: {
    ...august2024.attributes,
    icon: { "aria-hidden": null },
    list: { tabIndex: -1 },
    "list-inside": { "data-testid": "chat-list" },
    row: { role: null },
    "row-body": { role: "row" },
    pane: { "data-scrolltracepolicy": null, "data-testid": null },
    placeholder: { "aria-hidden": null },
    "search-placeholder": { "aria-hidden": null, "data-testid": "input-placeholder" },
    "conversation-body": { "data-testid": "conversation-panel-body" },
    "header-subtitle": { "data-testid": "chat-subtitle" },
    editor: named(words.placeholder),
    "search-editor": { ...named(words.searchBox), "data-testid": "chat-list-search" },
  },
};
