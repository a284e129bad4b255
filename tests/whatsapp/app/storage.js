// WhatsApp's data in the browser: the account (localStorage) and a directory of chats and contacts (IndexedDB,
// `model-storage`). It has no texts of messages, because WhatsApp encrypts those.

const STORES = {
  chat: "id", contact: "id", "group-metadata": "id", participant: "groupId", label: "id",
  "label-association": ["labelId", "associationId"], "profile-pic-thumb": "id", "lid-mapping": "lid",
};
const VERSION = 1;
let database = null;

export function rememberAccount({ wid, lid, device, name }) {
  const with_device = (jid) => JSON.stringify(jid.replace("@", `:${device}@`));
  localStorage.setItem("WALid", with_device(lid));
  localStorage.setItem("last-wid-md", with_device(wid));
  localStorage.setItem("me-display-name", JSON.stringify(name));
}

/** Rewrites everything in one transaction, so that a reader sees all or nothing. */
export function writeModels(chats) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("model-storage", VERSION);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
      fill(request.transaction, chats);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      database = request.result;
      database.onversionchange = () => {
        database.close();
        database = null;
      };
      if (isNew) return resolve();
      const transaction = database.transaction(Object.keys(STORES), "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      fill(transaction, chats);
    };
  });
}

/** Writes a chat's new unread count and time. */
export function noteChat(chat) {
  if (chat) database?.transaction("chat", "readwrite").objectStore("chat").put(chatRecord(chat));
}

function fill(transaction, chats) {
  const store = (name) => transaction.objectStore(name);
  for (const name of Object.keys(STORES)) store(name).clear();
  for (const chat of chats.values()) {
    store("chat").put(chatRecord(chat));
    if (chat.kind === "group") {
      const id = chat.id._serialized;
      store("group-metadata").put({ id, subject: chat.formattedTitle });
      store("participant").put({ groupId: id, participants: [], admins: [] });
    } else {
      store("contact").put(contactRecord(chat));
      if (chat.phone) store("lid-mapping").put({ lid: chat.id._serialized, phoneNumber: chat.phone });
    }
  }
}

/** WhatsApp writes -1 for a chat that was marked as unread by hand. */
function chatRecord({ id, kind, formattedTitle, unreadCount, marked, muted, t }) {
  const unread = marked ? -1 : unreadCount;
  const record = { id: id._serialized, unreadCount: unread, archive: false, isAutoMuted: false, t: Math.floor(t / 1000) };
  record.muteExpiration = muted ? -1 : 0;
  if (kind === "group") record.name = formattedTitle;
  return record;
}

/** A contact whose title is a number is not in the address book. */
function contactRecord({ id, phone, formattedTitle }) {
  const record = { id: id._serialized, isAddressBookContact: 0, isBusiness: false };
  if (phone) record.phoneNumber = phone;
  if (/^\+[\d\s()-]+$/.test(formattedTitle)) return record;
  const shortName = formattedTitle.split(" ")[0];
  return { ...record, name: formattedTitle, shortName, pushname: shortName, isAddressBookContact: 1 };
}
