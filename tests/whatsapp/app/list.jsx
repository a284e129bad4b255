// The chat list: a few dozen rows in a grid as high as all chats. A slot, and with it a row's nodes, goes to whichever
// chat comes into view, so the order of the nodes is not that of the eye.

import { memo, useEffect, useState } from "react";
import { ChatRow, ROW_HEIGHT } from "./row.jsx";
import { words } from "./words.js";

/** How many rows there are at once, and how many of them before the first that is seen. */
const SLOTS = 60;
const BEFORE = 20;
/** The window moves by so many rows at a time. */
const STEP = 5;

function firstRow(scroller, count) {
  const seen = Math.floor((scroller?.scrollTop ?? 0) / ROW_HEIGHT);
  const first = Math.floor((seen - BEFORE) / STEP) * STEP;
  return Math.max(0, Math.min(first, count - SLOTS));
}

export const ChatList = memo(function ChatList({ chats, openId, scroller }) {
  const [, redraw] = useState(0);
  const count = chats.length;
  const first = firstRow(scroller.current, count);

  useEffect(() => {
    const box = scroller.current;
    const scrolled = () => redraw(firstRow(box, count));
    scrolled();
    box.addEventListener("scroll", scrolled, { passive: true });
    return () => box.removeEventListener("scroll", scrolled);
  }, [scroller, count]);

  const rows = [];
  for (let slot = 0; slot < Math.min(SLOTS, count); slot += 1) {
    // The one row of the window that this slot is for.
    const at = first + ((slot - (first % SLOTS) + SLOTS) % SLOTS);
    const chat = chats[at];
    if (!chat) continue;
    const selected = chat.id._serialized === openId;
    const place = { slot, chat, selected, top: at * ROW_HEIGHT, z: count - 1 - at };
    rows.push(<ChatRow key={slot} {...place} />);
  }
  return (
    <div
      role="grid"
      aria-label={words.list}
      aria-rowcount={count}
      className="grid"
      style={{ height: `${count * ROW_HEIGHT}px` }}
    >
      {rows}
    </div>
  );
});
