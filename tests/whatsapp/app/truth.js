// The facts that a reader of the page must find at present. They come from the page's state and not from its nodes, so
// that tests can compare them with the reader's result.

import { hasDraft } from "./editor.js";
import { idOf } from "./layout.js";
import { drawnChats } from "./list.jsx";
import { get } from "./state.js";

const row = (openId) => (chat) => ({
  title: chat.formattedTitle,
  unread: chat.unreadCount,
  selected: chat.id._serialized === openId,
  group: chat.kind === "group",
});

const said = (chat) => (message) => ({
  id: idOf(chat, message),
  direction: message.mine ? "out" : "in",
  text: message.text !== "",
  author: message.author,
});

/**
 * `rows` from the top, none while the search is shown; the open `chat`, its `kind` and its `messages` from the oldest;
 * whether the `composer` is empty; whether the `search` is shown. While the header still shows another chat or none,
 * `headerOf` is the title in the header.
 */
export function truth() {
  const { phase, chats, openId, headerId, query } = get();
  const chat = chats.get(openId);
  const known = {
    rows: drawnChats().map(row(openId)),
    chat: chat?.formattedTitle ?? null,
    kind: chat?.kind ?? null,
    messages: chat?.messages.map(said(chat)) ?? [],
    composer: chat ? (hasDraft(openId) ? "draft" : "empty") : null,
    search: phase === "ready" && query.trim() !== "",
  };
  return openId === headerId ? known : { ...known, headerOf: chats.get(headerId)?.formattedTitle ?? null };
}
