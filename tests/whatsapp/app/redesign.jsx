// A completely unknown layout, to test how an extension behaves on it. It has the same functions with other elements,
// names and attributes, and shares none with the known layouts.

import { useEffect, useLayoutEffect, useRef } from "react";
import { short, time } from "./dates.js";
import { edit } from "./editor.js";
import { Emojified } from "./emoji.jsx";
import { open, send } from "./feed.js";
import { listed, set } from "./state.js";
import { words } from "./words.js";

/** The text of a message, or its form if it has none. */
const preview = (message) => message && (message.text || words[message.form]);

function Item({ chat, current }) {
  return (
    <li className={current ? "n-item n-current" : "n-item"} onClick={() => open(chat.id._serialized)}>
      <b>
        <Emojified text={chat.formattedTitle} />
      </b>
      <i>{short(chat.t)}</i>
      <p>
        <Emojified text={preview(chat.messages.at(-1)) ?? ""} />
      </p>
      {chat.unreadCount > 0 && <em>{chat.unreadCount}</em>}
    </li>
  );
}

function Writing({ id }) {
  const element = useRef(null);
  const editor = useRef(null);
  useLayoutEffect(() => {
    editor.current = edit(element.current, { id, onText: () => {}, onSend: (text) => send(id, text) });
    // Lexical sets this attribute on its editors.
    element.current.removeAttribute("data-lexical-editor");
    return () => editor.current.close();
  }, [id]);
  return (
    <div className="n-writing">
      <div contentEditable="true" suppressContentEditableWarning className="n-editor" ref={element} />
      <span className="n-go" onClick={() => editor.current.send()}>
        {words.send}
      </span>
    </div>
  );
}

function Talk({ chat }) {
  const end = useRef(null);
  useEffect(() => {
    end.current.scrollIntoView();
  }, [chat.messages.length]);
  return (
    <section className="n-talk">
      <h3>
        <Emojified text={chat.formattedTitle} />
      </h3>
      <div className="n-lines">
        {chat.messages.map((message) => (
          <p key={message.key} className={message.mine ? "n-line n-mine" : "n-line"}>
            <Emojified text={preview(message)} /> <small>{time(message.time)}</small>
          </p>
        ))}
        <p ref={end} />
      </div>
      <Writing id={chat.id._serialized} />
    </section>
  );
}

export function Redesign({ app }) {
  if (app.phase !== "ready") return <section className="n-shell">{words.loading}</section>;
  const chat = app.chats.get(app.openId);
  const wanted = app.query.trim().toLocaleLowerCase();
  const chats = listed(app).filter((it) => it.formattedTitle.toLocaleLowerCase().includes(wanted));
  return (
    <section className="n-shell">
      <aside>
        <input
          className="n-find"
          placeholder={words.search}
          value={app.query}
          onChange={(event) => set({ query: event.target.value })}
        />
        <ul className="n-list">
          {chats.map((it) => (
            <Item key={it.id._serialized} chat={it} current={it === chat} />
          ))}
        </ul>
      </aside>
      {chat ? <Talk key={app.openId} chat={chat} /> : <section className="n-talk">{words.introText}</section>}
    </section>
  );
}
