// June 2026: test ids everywhere, and no id that contains a chat.

import { bare } from "../ids.js";

export const june2026 = {
  name: "2026-06",
  root: "whatsapp-web",
  body: "color-refresh roboto-font",
  rowHeight: 76,
  slots: 60,
  before: 20,
  place: (slot) => slot,
  inOrder: false,
  search: "input",
  chips: "measured",
  boxes: ["message-outer", "message-outer-inside", "virtualized", "virtualized-inside", "status-label", "mic"],
  icons: { "read-in-list": "wds-ic-read" },
  untagged: [],
  iconTitles: true,
  iconTestids: false,
  mask: true,
  testids: () => true,
  classes: {},
  attributes: {},
  id: bare,
};
