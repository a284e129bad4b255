// The chat list: a few dozen rows in a grid that is as high as all chats. Slots, and thus the nodes of rows, are
// recycled for chats that scroll into view. So the order of the nodes is not the visual order, unless the layout sorts
// them.

import { memo, useEffect, useLayoutEffect, useState } from "react";
import { layout } from "./layout.js";
import { ChatRow } from "./row.jsx";
import { sweptWithPage } from "./sweep.js";
import { words } from "./words.js";

/** The window moves by this many rows at a time. */
const STEP = 5;
let drawn = [];

/** The chats that have a row at present, from the top. */
export const drawnChats = () => drawn;

function firstRow(scroller, count) {
  const { rowHeight, slots, before } = layout();
  const seen = Math.floor((scroller?.scrollTop ?? 0) / rowHeight);
  const first = Math.floor((seen - before) / STEP) * STEP;
  return Math.max(0, Math.min(first, count - slots));
}

export const ChatList = memo(function ChatList({ chats, openId, scroller }) {
  const [, redraw] = useState(0);
  const { rowHeight, slots, place, inOrder } = layout();
  const count = chats.length;
  const first = firstRow(scroller.current, count);

  useEffect(() => {
    const box = scroller.current;
    const scrolled = () => redraw(firstRow(box, count));
    scrolled();
    box.addEventListener("scroll", scrolled, { passive: true });
    return () => box.removeEventListener("scroll", scrolled);
  }, [scroller, count]);

  useLayoutEffect(() => {
    drawn = chats.slice(first, first + slots);
    return () => {
      drawn = [];
    };
  }, [chats, first, slots]);

  const rows = [];
  for (let slot = 0; slot < slots; slot += 1) {
    // The row of the window that belongs to this slot.
    const at = first + ((place(slot) - (first % slots) + slots) % slots);
    const chat = chats[at];
    if (!chat) continue;
    const selected = chat.id._serialized === openId;
    const where = { slot, chat, selected, top: at * rowHeight, z: count - 1 - at };
    rows.push(<ChatRow key={slot} {...where} />);
  }
  if (inOrder) rows.sort((a, b) => a.props.top - b.props.top);
  return (
    <div
      role="grid"
      aria-label={words.list}
      aria-rowcount={count}
      className="grid"
      style={{ height: `${count * rowHeight}px` }}
      ref={sweptWithPage}
    >
      {rows}
    </div>
  );
});
