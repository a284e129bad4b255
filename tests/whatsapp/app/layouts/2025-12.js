// December 2025: only texts have a test id, the nodes of rows are in visual order, and addresses are LIDs instead of
// numbers.

import { withLids } from "../ids.js";
import { AK } from "./ak.js";
import { june2026 } from "./2026-06.js";
import { titled } from "./titled.js";

export const december2025 = {
  ...june2026,
  name: "2025-12",
  inOrder: true,
  search: "contenteditable",
  chips: "plain",
  boxes: ["message-outer", "virtualized", "virtualized-inside", "mic", "bubble-inside", "badge-box"],
  icons: { "read-in-list": "status-dblcheck", "wds-ic-read": "msg-dblcheck", "close-refreshed": "ic-close" },
  untagged: ["ic-close"],
  testids: (id) => id === "selectable-text",
  classes: {
    ...AK,
    "cell-frame": "cell-frame _ak72 _ak73 _asiw _ap1- _ap1_",
    xuk3077: "_amkz message-out _amjy _amjz _amjw",
    x1cy8zhl: "_amkz message-in _amjy _amjz _amjw",
  },
  attributes: {
    "cell-main": { role: null, "aria-colindex": null },
    "cell-first": { role: "gridcell", "aria-colindex": 2 },
    "header-avatar": titled,
    filter: { "aria-controls": "chat-list", "aria-pressed": (props) => props["aria-selected"], "aria-selected": null },
  },
  id: withLids,
};
