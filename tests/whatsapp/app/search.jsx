// The search: a field above the list and, while it has text, results in place of the list. Found chats and messages are
// rows of the same structure, under headings that are rows too. The field is an input; until spring 2026 it was an
// editor like the composer's.

import { memo, useLayoutEffect, useRef } from "react";
import { found, get, set } from "./state.js";
import { Icon } from "./icons.jsx";
import { layout } from "./layout.js";
import { mutates } from "./options.js";
import { ChatRow, placed } from "./row.jsx";
import { editSearch } from "./search-editor.js";
import { sweptWithPage } from "./sweep.js";
import { open } from "./feed.js";
import { words } from "./words.js";

const HEADING_HEIGHT = 56;
const clear = () => set({ query: "" });
const search = (query) => set({ query });

function openFirst() {
  const first = found(get()).chats[0];
  if (first) open(first.id._serialized);
}

function kind() {
  if (mutates("search-input")) return "input";
  return mutates("search-contenteditable") ? "contenteditable" : layout().search;
}

function Input({ query }) {
  const key = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      clear();
    } else if (event.key === "Enter") {
      event.preventDefault();
      openFirst();
    }
  };
  return (
    <input
      role="textbox"
      type="text"
      data-tab={3}
      id="_r_a_"
      autoComplete="off"
      placeholder={words.search}
      aria-label={words.search}
      value={query}
      onChange={(event) => search(event.target.value)}
      onKeyDown={key}
    />
  );
}

function Editor({ query }) {
  const element = useRef(null);
  const editor = useRef(null);
  useLayoutEffect(() => {
    editor.current = editSearch(element.current, { onText: search, onEnter: openFirst, onEscape: clear });
    return () => editor.current.close();
  }, []);
  useLayoutEffect(() => editor.current.show(query), [query]);
  return (
    <div className="lexical-rich-text-input">
      <div
        contentEditable="true"
        suppressContentEditableWarning
        role="textbox"
        spellCheck="true"
        data-tab={3}
        tabIndex={3}
        aria-label={words.searchBox}
        aria-placeholder={words.search}
        aria-autocomplete="list"
        aria-owns="emoji-suggestion"
        className="search-editor"
        ref={element}
      />
      {!query && (
        <div aria-hidden="true" className="search-placeholder">
          <div>{words.search}</div>
        </div>
      )}
    </div>
  );
}

export const SearchField = memo(function SearchField({ query }) {
  return (
    <div data-testid="chat-list-search-container" className="search">
      <span className="search-icon">
        <Icon name="search-refreshed-thin" size={20} />
      </span>
      {kind() === "input" ? <Input query={query} /> : <Editor query={query} />}
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
    top += item.text ? HEADING_HEIGHT : layout().rowHeight;
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
        ref={sweptWithPage}
      >
        {rows}
      </div>
    </div>
  );
});
