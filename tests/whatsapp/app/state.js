// The state of the page, in one immutable value. A chat that did not change stays the same object, so that its row is
// not drawn again.

import { useSyncExternalStore } from "react";
import { firstLayout } from "./options.js";

/**
 * `phase`: "splash", "loading", "ready". `chats`: by id. `headerId`: the chat of the header, which may lag behind.
 * `preview`: names of files in the preview. `filter`: "all", "unread", "favorites", "groups".
 */
let state = {
  phase: "splash",
  layout: firstLayout,
  account: null,
  chats: new Map(),
  openId: null,
  headerId: null,
  filter: "all",
  query: "",
  menu: null,
  dialog: false,
  preview: null,
};
const listeners = new Set();

export const get = () => state;

export function set(change) {
  state = { ...state, ...change };
  for (const listener of [...listeners]) listener();
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useApp = () => useSyncExternalStore(subscribe, get);

/** A chat in the page's model. The server's unread messages are a count here. */
export function chatOf({ id, title, kind, phone, unread, marked, pinned, muted, messages }) {
  const [user, server] = id.split("@");
  const model = { id: { user, server, _serialized: id }, formattedTitle: title, unreadCount: unread };
  return { ...model, kind, phone, marked, pinned, muted, messages, t: messages.at(-1)?.time ?? 0 };
}

export function changeChat(id, change) {
  const chat = state.chats.get(id);
  if (!chat) return;
  set({ chats: new Map(state.chats).set(id, { ...chat, ...change(chat) }) });
}

/** Whether the chat has unread messages, or somebody has marked it as unread. */
export const isUnread = (chat) => chat.unreadCount > 0 || chat.marked;

const FILTERS = {
  all: () => true,
  unread: (chat) => isUnread(chat) || chat.id._serialized === state.openId,
  favorites: (chat) => chat.pinned,
  groups: (chat) => chat.kind === "group",
};

let sorted = { chats: null, list: [] };

/** All chats in the order of the list: pinned ones first, then the latest. */
function inOrder({ chats }) {
  if (sorted.chats !== chats) {
    const list = [...chats.values()].sort((a, b) => Boolean(b.pinned) - Boolean(a.pinned) || b.t - a.t);
    sorted = { chats, list };
  }
  return sorted.list;
}

export function listed(app) {
  const list = inOrder(app);
  return app.filter === "all" ? list : list.filter(FILTERS[app.filter]);
}

/** The search results: chats by title, then messages. */
export function found(app) {
  const wanted = app.query.trim().toLocaleLowerCase();
  const has = (text) => text.toLocaleLowerCase().includes(wanted);
  const all = inOrder(app);
  const chats = all.filter((chat) => has(chat.formattedTitle)).slice(0, 60);
  const hits = all.flatMap((chat) => {
    const message = chat.messages.findLast((it) => has(it.text));
    return message ? [{ chat, message }] : [];
  });
  return { chats, hits: hits.slice(0, 20) };
}
