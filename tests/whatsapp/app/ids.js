// The id attributes of messages. Until spring 2026 an id contained the direction, the chat and, in a group, the author.

/** The number of pictures in an album. */
export const ALBUM = 4;

export const bare = (chat, message) => message.key;

/** Authors in a group are not in the chat list, so their numbers are derived from their names. */
function participant(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 10_000_000;
  return 203_919_000_000_000 + sum;
}

/** The long form, whose addresses end in `server`. `own` is the property of the account that has its own address. */
function long(server, own, addressOf) {
  return (chat, { mine, author, key }, account) => {
    const id = chat.id._serialized;
    if (chat.kind !== "group") return `${mine}_${addressOf(chat)}_${key}`;
    return `${mine}_${id}_${key}_${mine ? account[own] : `${participant(author ?? "")}@${server}`}`;
  };
}

export const withPhones = long("c.us", "wid", (chat) => chat.phone);
export const withLids = long("lid", "lid", (chat) => chat.id._serialized);
