// The column of chats: its header, the search, the filter chips, and the scroller of the list. WhatsApp measures the
// chips on an invisible copy, which comes before the chips themselves. Before there were chips, there was one button.

import { memo, useRef } from "react";
import { Icon } from "./icons.jsx";
import { layout } from "./layout.js";
import { ChatList } from "./list.jsx";
import { SearchField, SearchResults } from "./search.jsx";
import { listed, set } from "./state.js";
import { sweptWithPage } from "./sweep.js";
import { words } from "./words.js";

const CHIPS = ["all", "unread", "favorites", "groups"];
const ID = { all: "all-filter", unread: "unread-filter", favorites: "favorites-filter", groups: "group-filter" };

export const SideHeader = memo(function SideHeader() {
  return (
    <div className="side-header">
      <header>
        <header>
          <h1 className="wordmark">WhatsApp</h1>
          <div className="side-buttons">
            <button type="button" data-tab={2} aria-label={words.newChat} className="icon-button">
              <Icon name="new-chat-outline" />
            </button>
            <button type="button" data-tab={2} aria-label={words.menu} className="icon-button">
              <Icon name="more-refreshed" />
            </button>
          </div>
        </header>
      </header>
    </div>
  );
});

function FilterButton({ filter }) {
  const isOn = filter === "unread";
  return (
    <button
      type="button"
      data-tab={4}
      aria-label={words.unreadFilter}
      aria-pressed={isOn}
      title={words.unreadFilter}
      className={isOn ? "filter filter-on" : "filter"}
      onClick={() => set({ filter: isOn ? "all" : "unread" })}
    >
      <Icon name="filter" size={20} />
    </button>
  );
}

function MeasuredChips() {
  return (
    <div aria-hidden="true" className="chips-measured">
      {CHIPS.map((chip) => (
        <button key={chip} type="button" tabIndex={-1} id={`measurement-${ID[chip]}`} className="filter">
          {words[chip]}
        </button>
      ))}
    </div>
  );
}

const Chips = memo(function Chips({ filter }) {
  const { chips } = layout();
  if (chips === "button") {
    return (
      <div className="chips">
        <FilterButton filter={filter} />
      </div>
    );
  }
  return (
    <div className="chips">
      {chips === "measured" && <MeasuredChips />}
      <div role="tablist" aria-label={words.filters} className="chips-seen">
        {CHIPS.map((chip) => (
          <button
            key={chip}
            type="button"
            role="tab"
            id={ID[chip]}
            aria-selected={filter === chip}
            className={filter === chip ? "filter filter-on" : "filter"}
            onClick={() => set({ filter: chip })}
          >
            {words[chip]}
          </button>
        ))}
      </div>
    </div>
  );
});

export function Side({ app }) {
  const scroller = useRef(null);
  return (
    <div id="side" className="side" ref={sweptWithPage}>
      <SearchField query={app.query} />
      <Chips filter={app.filter} />
      <div
        id="pane-side"
        data-testid="chat-list"
        data-scrolltracepolicy="wa.web.chatlist"
        className="pane"
        ref={scroller}
      >
        {app.query.trim() ? (
          <SearchResults app={app} />
        ) : (
          <div tabIndex={0} data-tab={4} className="list">
            <div className="list-inside">
              <ChatList key={app.filter} chats={listed(app)} openId={app.openId} scroller={scroller} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
