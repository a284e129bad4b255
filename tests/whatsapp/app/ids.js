// What a message says it is. Until spring 2026 that told its side, its chat and, in a group, its writer.

/** How many pictures an album has. */
export const ALBUM = 4;

export const bare = (chat, message) => message.key;

/** Writers of a group are in nobody's list, so their numbers are made up from their names. */
function participant(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 10_000_000;
  return 203_919_000_000_000 + sum;
}

/** The long form, with addresses that end in `server`; `own` is the account's. */
function long(server, own, addressOf) {
  return (chat, { mine, author, key }, account) => {
    const id = chat.id._serialized;
    if (chat.kind !== "group") return `${mine}_${addressOf(chat)}_${key}`;
    return `${mine}_${id}_${key}_${mine ? account[own] : `${participant(author ?? "")}@${server}`}`;
  };
}

export const withPhones = long("c.us", "wid", (chat) => chat.phone);
export const withLids = long("lid", "lid", (chat) => chat.id._serialized);
