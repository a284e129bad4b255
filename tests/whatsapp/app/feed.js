// What comes from the server and what goes to it. Nothing is shown before the server has said it: a message that was
// sent is drawn when it comes back, in this page and in every other.

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

/** By how much the header of a conversation comes after its messages. */
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

/** Boots the page: the state, what WhatsApp keeps of it in the browser, then the events. */
export async function start() {
  await new Promise(requestAnimationFrame);
  set({ phase: "loading" });

  // Listened to first, so that nothing falls between the state and the events.
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

  // What was missed while the line was down.
  source.addEventListener("open", async () => {
    waiting = [];
    set(await load());
    for (const heeded of waiting) heeded();
    waiting = null;
  });
}
