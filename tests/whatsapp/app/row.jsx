// A row of the chat list. It is positioned by `transform`, and its nodes are reused for another chat when the list
// scrolls. So only its texts tell which chat it is.

import { memo } from "react";
import { Avatar } from "./avatar.jsx";
import { Box } from "./box.jsx";
import { short } from "./dates.js";
import { Emojified } from "./emoji.jsx";
import { open } from "./feed.js";
import { Icon } from "./icons.jsx";
import { layout } from "./layout.js";
import { isUnread } from "./state.js";
import { words } from "./words.js";

/** The icon before the preview of a message that is not only text. */
const FORM_ICONS = {
  photo: "image-refreshed",
  album: "image-refreshed",
  deleted: "recalled",
  call: "ic-phone-callback-filled",
};

/** The position of a row, in the syntax of WhatsApp's own styles. */
export const placed = (top, z, height = layout().rowHeight) => ({
  zIndex: z,
  transition: "none",
  height: `${height}px`,
  transform: `translateY(${top}px)`,
});

export const ChatRow = memo(function ChatRow({ slot, chat, selected, top, z, message }) {
  const name = chat.formattedTitle;
  const press = (event) => {
    if (event.button !== 0) return;
    // The focus goes to the composer instead.
    event.preventDefault();
    open(chat.id._serialized);
  };
  // A real click comes after `mousedown`. By then the row may belong to another chat.
  const click = (event) => {
    if (event.detail === 0) press(event);
  };
  return (
    <div role="row" data-testid={`list-item-${slot}`} className="row" style={placed(top, z)}>
      <div role="gridcell" tabIndex={0} className="row-inner" onMouseDown={press} onClick={click}>
        <div tabIndex={selected ? 0 : -1} aria-selected={selected} className="row-body">
          <div data-testid="cell-frame-container" className="cell-frame">
            <div className="cell-avatar">
              <Avatar id={chat.id._serialized} kind={chat.kind} size={49} />
            </div>
            <div role="gridcell" aria-colindex={2} className="cell-main">
              <div className="cell-line cell-first">
                <div data-testid="cell-frame-title" className="cell-title">
                  <Box name="title-box" className="title-box">
                    <span dir="auto" title={name} className="title-text">
                      <Emojified text={name} />
                    </span>
                  </Box>
                </div>
                <div
                  data-testid="cell-frame-primary-detail"
                  className={isUnread(chat) ? "cell-time cell-time-unread" : "cell-time"}
                >
                  {chat.t ? short(message?.time ?? chat.t) : ""}
                </div>
              </div>
              <div data-testid="cell-frame-secondary" className="cell-line cell-second">
                <Preview chat={chat} message={message ?? chat.messages.at(-1)} />
                <Badges chat={chat} />
              </div>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
});

function Preview({ chat, message }) {
  if (!message) return <div className="cell-preview" />;
  const text = (message.text || words[message.form]).replaceAll("\n", " ");
  const author = chat.kind === "group" && !message.mine ? message.author : null;
  return (
    <div className="cell-preview">
      <span data-testid="last-msg-status" title={`\u202a${text}\u202c`}>
        {message.mine && (
          <div className="status read">
            <Icon name="read-in-list" size={17} />
          </div>
        )}
        {author && (
          <>
            <span dir="auto">
              <Emojified text={author} />
            </span>
            <span>:&nbsp;</span>
          </>
        )}
        {message.form in FORM_ICONS && (
          <div className="status">
            <Icon name={FORM_ICONS[message.form]} size={17} />
          </div>
        )}
        <span dir="auto">
          <Emojified text={text} />
        </span>
      </span>
    </div>
  );
}

function Badges({ chat }) {
  const { unreadCount, muted, pinned } = chat;
  const label = unreadCount > 0 ? words.unreadCount(unreadCount) : words.markedUnread;
  return (
    <div role="gridcell" aria-colindex={1} className="cell-badges">
      {muted && (
        <span aria-label={words.muted}>
          <Icon name="mute-notifications-refreshed" size={19} />
        </span>
      )}
      {pinned && (
        <span aria-label={words.pinned}>
          <Icon name="pin-refreshed-thin" size={19} />
        </span>
      )}
      {isUnread(chat) && (
        <Box name="badge-box" className="badge-box">
          <span data-testid="icon-unread-count" aria-label={label} className="badge">
            {unreadCount > 0 && <span>{unreadCount}</span>}
          </span>
        </Box>
      )}
    </div>
  );
}
