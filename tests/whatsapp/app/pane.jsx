// A second box with the same id as the chat list: a drawer of contacts. It comes before the list in the document, and
// is shown beside the conversation, so that both can be used. Its rows have the same structure as the list's.

import { layout } from "./layout.js";
import { ChatRow } from "./row.jsx";
import { words } from "./words.js";

const ROWS = 8;

export function SecondPane({ chats }) {
  const byName = [...chats.values()].sort((a, b) => b.formattedTitle.localeCompare(a.formattedTitle)).slice(0, ROWS);
  const { rowHeight } = layout();
  return (
    <div className="second-pane">
      <div id="pane-side" className="pane">
        <div role="grid" aria-label={words.info} className="grid" style={{ height: `${ROWS * rowHeight}px` }}>
          {byName.map((chat, slot) => (
            <ChatRow key={slot} slot={slot} chat={chat} selected={false} top={slot * rowHeight} z={ROWS - 1 - slot} />
          ))}
        </div>
      </div>
    </div>
  );
}
