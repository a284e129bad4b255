// The rail at the edge, with the destinations. Only the chats and the settings work here. Because of the mask in the
// first icon, `#main` alone does not find the conversation.

import { memo } from "react";
import { Avatar } from "./avatar.jsx";
import { Icon } from "./icons.jsx";
import { set } from "./state.js";
import { words } from "./words.js";

const PLACES = [
  ["chats", "chat-filled-refreshed"],
  ["calls", "call-refreshed"],
  ["status", "status-refreshed"],
  ["channels", "newsletter-outline"],
  ["communities", "community-refreshed-32"],
];

function Item({ index, label, pressed = false, onClick, children }) {
  return (
    <button
      type="button"
      data-navbar-item="true"
      data-navbar-item-index={index}
      data-navbar-item-selected={pressed}
      aria-pressed={pressed}
      aria-label={label}
      data-tab={2}
      className="rail-item"
      onClick={onClick}
    >
      {children}
    </button>
  );
}

export const Rail = memo(function Rail({ account, unread }) {
  return (
    <header data-testid="chatlist-header" data-tab={2} className="rail">
      <div data-testid="navbar-primary-section" className="rail-part">
        {PLACES.map(([place, icon], index) => (
          <Item key={place} index={index} label={words[place]} pressed={index === 0}>
            <Icon name={icon} />
            {index === 0 && unread > 0 && <span className="rail-badge">{unread > 99 ? "99+" : unread}</span>}
          </Item>
        ))}
      </div>
      <div className="rail-part">
        <Item index={5} label={words.settings} onClick={() => set({ dialog: true })}>
          <Icon name="settings-refreshed" />
        </Item>
        <Item index={6} label={words.profile}>
          <Avatar id={account.lid} kind="person" size={28} />
        </Item>
      </div>
    </header>
  );
});
