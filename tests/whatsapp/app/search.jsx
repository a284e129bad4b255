// The search: an input over the list and, while something is in it, results in the list's place. Chats and messages
// that were found are rows of the same shape under headings that are rows too.

import { memo } from "react";
import { found, get, set } from "./state.js";
import { Icon } from "./icons.jsx";
import { ChatRow, placed, ROW_HEIGHT } from "./row.jsx";
import { open } from "./feed.js";
import { words } from "./words.js";

const HEADING_HEIGHT = 56;
const clear = () => set({ query: "" });

export const SearchField = memo(function SearchField({ query }) {
  const key = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      clear();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const first = found(get()).chats[0];
      if (first) open(first.id._serialized);
    }
  };
  return (
    <div data-testid="chat-list-search-container" className="search">
      <span className="search-icon">
        <Icon name="search-refreshed-thin" size={20} />
      </span>
      <input
        role="textbox"
        type="text"
        data-tab={3}
        id="_r_a_"
        autoComplete="off"
        placeholder={words.search}
        aria-label={words.search}
        value={query}
        onChange={(event) => set({ query: event.target.value })}
        onKeyDown={key}
      />
      {query && (
        <button type="button" aria-label={words.clear} className="icon-button" onClick={clear}>
          <Icon name="close-refreshed" size={18} />
        </button>
      )}
    </div>
  );
});

function Heading({ slot, top, z, text }) {
  return (
    <div role="row" data-testid={`list-item-${slot}`} className="row" style={placed(top, z, HEADING_HEIGHT)}>
      <div role="gridcell" data-testid="section-header" className="section-header">
        {text}
      </div>
    </div>
  );
}

export const SearchResults = memo(function SearchResults({ app }) {
  const { chats, hits } = found(app);
  const items = [];
  if (chats.length > 0) items.push({ text: words.chats }, ...chats.map((chat) => ({ chat })));
  if (hits.length > 0) items.push({ text: words.messages }, ...hits);
  if (items.length === 0) return <div className="nothing">{words.nothing}</div>;

  let top = 0;
  const rows = items.map((item, slot) => {
    const place = { slot, top, z: items.length - 1 - slot };
    top += item.text ? HEADING_HEIGHT : ROW_HEIGHT;
    if (item.text) return <Heading key={slot} {...place} text={item.text} />;
    const selected = item.chat.id._serialized === app.openId && !item.message;
    return <ChatRow key={slot} {...place} {...item} selected={selected} />;
  });
  return (
    <div className="results">
      <div
        role="grid"
        aria-label={words.found}
        aria-rowcount={items.length}
        className="grid"
        style={{ height: `${top}px` }}
      >
        {rows}
      </div>
    </div>
  );
});
