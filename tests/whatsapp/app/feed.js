// The connection to the server. Nothing is shown before the server has confirmed it: a sent message is drawn when the
// server sends it back, in this page and in all others.

import { mutates } from "./options.js";
import { changeChat, chatOf, get, set } from "./state.js";
import { noteChat, rememberAccount, writeModels } from "./storage.js";

function post(what, body) {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  fetch(`/practice/${what}`, init).catch((error) => console.error(error));
}

export function send(chat, text) {
  post("send", { chat, text });
}

/** The delay of a conversation's header after its messages. */
const LATE_MS = mutates("late-header") ? 1000 : 0;

export function open(id) {
  if (get().openId === id) return;
  set({ openId: id, menu: null, preview: null, ...(LATE_MS ? {} : { headerId: id }) });
  if (LATE_MS) setTimeout(() => get().openId === id && set({ headerId: id }), LATE_MS);
  post("read", { chat: id });
}

export function closeChat() {
  set({ openId: null, headerId: null, menu: null, preview: null });
}

function arrived({ chat: id, message }) {
  changeChat(id, (chat) => {
    if (chat.messages.some((it) => it.key === message.key)) return {};
    const unreadCount = message.mine || get().openId === id ? chat.unreadCount : chat.unreadCount + 1;
    const marked = chat.marked && !message.mine;
    return { messages: [...chat.messages, message], t: message.time, unreadCount, marked };
  });
  if (!message.mine && get().openId === id) post("read", { chat: id });
  noteChat(get().chats.get(id));
}

function wasRead({ chat: id }) {
  changeChat(id, () => ({ unreadCount: 0, marked: false }));
  noteChat(get().chats.get(id));
}

async function load() {
  const answer = await fetch("/practice/state");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  const { account, chats } = await answer.json();
  return { account, chats: new Map(chats.map((chat) => [chat.id, chatOf(chat)])) };
}

/** Starts the page: loads the state, then WhatsApp's data in the browser, and then listens to events. */
export async function start() {
  await new Promise(requestAnimationFrame);
  set({ phase: "loading" });

  // The listener is registered before the state is loaded, so that no event is missed in between.
  const source = new EventSource("/practice/events");
  let waiting = [];
  const on = (name, heed) =>
    source.addEventListener(name, ({ data }) => {
      const heeded = () => heed(JSON.parse(data));
      if (waiting) waiting.push(heeded);
      else heeded();
    });
  on("message", arrived);
  on("read", wasRead);
  await new Promise((resolve) => {
    source.addEventListener("open", resolve, { once: true });
    source.addEventListener("error", resolve, { once: true });
    setTimeout(resolve, 1000);
  });

  const loaded = await load();
  rememberAccount(loaded.account);
  await writeModels(loaded.chats).catch((error) => console.error(error));
  set({ ...loaded, phase: "ready" });
  for (const heeded of waiting) heeded();
  waiting = null;

  // Loads the state again, because events were missed while the connection was down.
  source.addEventListener("open", async () => {
    waiting = [];
    set(await load());
    for (const heeded of waiting) heeded();
    waiting = null;
  });
}
