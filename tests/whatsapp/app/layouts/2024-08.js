// August 2024: no test ids, rows with the role of items, and a search and a composer with placeholder texts.

import { withPhones } from "../ids.js";
import { words } from "../words.js";
import { AK } from "./ak.js";
import { december2025 } from "./2025-12.js";
import { titled, titledAndLabelled } from "./titled.js";

/** In each group of ten rows, the last is drawn first. */
const place = (slot) => (slot === 0 ? 0 : Math.floor((slot - 1) / 10) * 10 + 10 - ((slot - 1) % 10));

export const august2024 = {
  ...december2025,
  name: "2024-08",
  rowHeight: 72,
  slots: 21,
  before: 1,
  place,
  inOrder: false,
  boxes: ["bubble-inside", "badge-box", "title-box"],
  icons: {
    "chat-filled-refreshed": "chats-filled",
    "status-refreshed": "status-outline",
    "community-refreshed-32": "community-outline",
    "settings-refreshed": "settings-outline",
    "more-refreshed": "menu",
    "search-refreshed-thin": "search",
    "close-refreshed": "x",
    "video-call-refreshed": "video-call",
    "plus-rounded": "plus",
    expressions: "smiley",
    "mic-outlined": "ptt",
    "wds-ic-send-filled": "send",
    "wds-ic-read": "msg-dblcheck",
    "read-in-list": "status-dblcheck",
    "image-refreshed": "status-image",
    "ic-phone-callback-filled": "miss",
    "mute-notifications-refreshed": "muted",
    "pin-refreshed-thin": "pinned2",
    "default-contact-refreshed": "default-user",
    "default-group-refreshed": "default-group",
  },
  untagged: [],
  mask: false,
  testids: () => false,
  classes: {
    ...AK,
    "title-box": "title-box _aou8 _aj_h",
    "message-box": "_amjv _aotl",
    xuk3077: "message-out _amjy _amjz _amjw",
    x1cy8zhl: "message-in _amjy _amjz _amjw",
    _aupe: "selectable-text",
    "conversation-header": "conversation-header _amid _aqbz",
    "header-info": "header-info _amie",
    "header-title": "header-title _amif _amig",
    messages: "messages _ajyl",
  },
  attributes: {
    pane: { "data-scrolltracepolicy": null },
    list: { tabIndex: -1 },
    row: { role: "listitem" },
    "row-inner": { role: null, tabIndex: null },
    "cell-main": { role: null, "aria-colindex": null },
    "cell-first": { role: "gridcell", "aria-colindex": 2 },
    "title-text": { "aria-label": "" },
    "rail-item": { "data-navbar-item": null, "data-navbar-item-index": null, "data-navbar-item-selected": null },
    "header-avatar": titled,
    "header-info": { tabIndex: null, "data-tab": null },
    "header-button": titledAndLabelled,
    messages: { "data-scrolltracepolicy": null },
    "messages-list": { role: "application", tabIndex: -1 },
    "message-row": { tabIndex: null },
    "conversation-footer": { tabIndex: null },
    editor: { "aria-label": words.placeholder },
    "search-editor": { "aria-placeholder": null },
  },
  id: withPhones,
};
