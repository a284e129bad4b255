// What a reader of the page must find in it now. It is told from the page's state and not from its nodes, so that it
// can be held against what was read from those.

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
 * `rows` from the top, none while a search is shown; the open `chat`, its `kind` and its `messages` from the oldest;
 * whether the `composer` is empty; whether a `search` is shown. While the header is still of another chat, or there
 * is none yet, `headerOf` is what it says.
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
