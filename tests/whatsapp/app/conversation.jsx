// The open conversation. Each chat gets its own nodes: header, messages and composer are created anew when another chat
// is opened.

import { Fragment, memo, useLayoutEffect, useRef } from "react";
import { Avatar } from "./avatar.jsx";
import { Box } from "./box.jsx";
import { Composer } from "./composer.jsx";
import { Emojified } from "./emoji.jsx";
import { Icon } from "./icons.jsx";
import { idOf } from "./layout.js";
import { DayDivider, Message } from "./message.jsx";
import { Preview } from "./preview.jsx";
import { set, useApp } from "./state.js";
import { useSwept } from "./sweep.js";
import { words } from "./words.js";

function HeaderButton({ label, icon, onClick }) {
  return (
    <button type="button" aria-label={label} data-tab={6} className="icon-button header-button" onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function Header({ chat }) {
  const bar = useRef(null);
  useSwept(bar, { deeply: true });
  const { id, kind, formattedTitle } = chat;
  const authors = [...new Set(chat.messages.map((it) => it.author).filter(Boolean))];
  const group = authors.length > 0 ? [...authors, words.you].join(", ") : words.members;
  const subtitle = kind === "group" ? group : words.about;
  const menu = (event) => {
    const { left, right, bottom } = event.currentTarget.getBoundingClientRect();
    set({ menu: { left, right, bottom } });
  };
  return (
    <header data-testid="conversation-header" className="conversation-header" ref={bar}>
      <div role="button" aria-label={words.profileDetails} className="header-avatar">
        <Avatar id={id._serialized} kind={kind} size={40} />
      </div>
      <div role="button" tabIndex={0} data-tab={6} data-testid="conversation-info-header" className="header-info">
        <div className="header-title">
          <span dir="auto" data-testid="conversation-info-header-chat-title">
            <Emojified text={formattedTitle} />
          </span>
        </div>
        <div className="header-subtitle">
          <span title={subtitle}>{subtitle}</span>
        </div>
      </div>
      <div className="header-buttons">
        <HeaderButton label={words.videoCall} icon="video-call-refreshed" />
        <HeaderButton label={words.searchIn} icon="search-refreshed-thin" />
        <HeaderButton label={words.menu} icon="more-refreshed" onClick={menu} />
      </div>
    </header>
  );
}

const Messages = memo(function Messages({ chat, me }) {
  const box = useRef(null);
  const { messages } = chat;
  useLayoutEffect(() => {
    box.current.scrollTop = box.current.scrollHeight;
  }, [messages.length]);

  const nameOf = (message) => (message.mine ? me : (message.author ?? chat.formattedTitle));
  const date = (message) => message && new Date(message.time).toDateString();
  return (
    <div
      data-testid="conversation-panel-messages"
      data-scrolltracepolicy="wa.web.conversation.messages"
      tabIndex={0}
      className="messages"
      ref={box}
    >
      <div className="messages-fill" />
      <div data-tab={8} tabIndex={0} className="messages-list">
        {messages.map((message, i) => {
          const before = messages[i - 1];
          const starts = date(before) !== date(message);
          const first = starts || before.mine !== message.mine || before.author !== message.author;
          return (
            <Fragment key={message.key}>
              {starts && <DayDivider at={message.time} />}
              <Box name="message-outer">
                <Box name="message-outer-inside">
                  <Message
                    id={idOf(chat, message)}
                    message={message}
                    first={first}
                    name={nameOf(message)}
                    inGroup={chat.kind === "group"}
                  />
                </Box>
              </Box>
            </Fragment>
          );
        })}
      </div>
    </div>
  );
});

/** `headerChat` is the chat of the header. It may be the chat that was open before, or none. */
export function Conversation({ chat, headerChat, me }) {
  const panel = useRef(null);
  const { preview } = useApp();
  useSwept(panel);
  return (
    <div id="main" data-testid="conversation-panel-wrapper" className="conversation" ref={panel}>
      <div data-testid="conversation-background-default" className="wallpaper" />
      {headerChat && <Header key={headerChat.id._serialized} chat={headerChat} />}
      <div className="conversation-body">
        <Messages chat={chat} me={me} />
      </div>
      <Footer chat={chat} />
      {preview && <Preview id={chat.id._serialized} names={preview} />}
    </div>
  );
}

function Footer({ chat }) {
  const bar = useRef(null);
  useSwept(bar, { deeply: true });
  return (
    <footer tabIndex={-1} className="conversation-footer" ref={bar}>
      <div className="copyable-area">
        <Composer id={chat.id._serialized} title={chat.formattedTitle} kind={chat.kind} />
      </div>
    </footer>
  );
}

export function Intro() {
  return (
    <div data-testid="intro-panel" className="intro">
      <div className="intro-picture">
        <Icon name="default-group-refreshed" size={72} />
      </div>
      <h1>{words.intro}</h1>
      <p>{words.introText}</p>
    </div>
  );
}
