//! The chats of the account. The first ones are written by hand, with cases that are difficult for a reader. The others
//! only fill the list. Nothing is random, so every start is the same.

use super::account::{Chat, Message, Quote, now};

/// Titles and last messages that tests, the demo and its screenshots refer to.
const WRITTEN: [(&str, &str); 18] = [
    ("Mei Lin", "where is my parcel? it was meant to come on monday"),
    ("Tomás Rivera", "Hola! ¿Tienen la talla M?"),
    ("李雷", "请问可以换货吗？"),
    ("Amara Diallo 🌻", "thanks 😊 that was quick"),
    ("Order desk", "Group: the driver is late"),
    ("مها الخطيب", "هل يمكنني تغيير العنوان؟"),
    ("Sofie Berg", "Can I get an invoice with VAT?"),
    ("+49 170 1234567", "Hello, is this the shop in Cologne?"),
    ("Jonas Weber", "The lamp flickers since yesterday"),
    ("Priya Raman", "do you deliver to Chennai"),
    ("Alex", "first of the two who have this name"),
    ("Alex", "second of the two who have this name"),
    ("<b>Bob</b> & \"Co\"", "a title with markup in it"),
    ("Dana \u{202e}evil\u{202c} K", "a title that turns text around"),
    ("👩‍👩‍👧 Family Okafor", "see you at 5"),
    ("Nguyễn Thị Hà", "ok"),
    ("A very long name of a customer who wrote his whole company into it, GmbH & Co. KG", "Guten Tag"),
    ("Zoë", "🤷"),
];

/// A scripted message: its author (`None` for the account, empty in a chat with one person), its form, its text, and
/// whether it answers the one before.
type Told = (Option<&'static str>, &'static str, &'static str, bool);

/// Further chats: groups with several authors, and every form of message.
const TOLD: [(&str, bool, &[Told]); 4] = [
    (
        "Night shift 🌙",
        true,
        &[
            (Some("Kofi"), "text", "The van is back", false),
            (Some("Kofi"), "photo", "", false),
            (Some("Ana Lúcia 🌵"), "text", "Did you lock it?", false),
            (Some("Kofi"), "text", "Yes: both doors", true),
            (Some("+49 160 7654321"), "album", "", false),
            (None, "deleted", "", false),
            (None, "text", "🎉", false),
            (Some("Ana Lúcia 🌵"), "deleted", "", false),
            (Some("Ana Lúcia 🌵"), "text", "👍👍", false),
        ],
    ),
    (
        "Lena Fischer 🎨",
        false,
        &[
            (Some(""), "call", "", false),
            (None, "text", "Sorry, we were closed. What is it about?", false),
            (Some(""), "photo", "It arrived [like this]: broken", false),
            (None, "text", "Oh no 😢", true),
            (None, "album", "", false),
            (Some(""), "deleted", "", false),
            (None, "text", "Which one shall we replace?", false),
            (Some(""), "text", "The second one, please", true),
            (None, "deleted", "", false),
            (Some(""), "photo", "", false),
        ],
    ),
    (
        "Harbour team",
        true,
        &[
            (Some("Kofi"), "call", "", false),
            (None, "text", "[18:00, 1/1/2026] Kofi: not what it looks like", false),
            (Some("Sofie Berg"), "text", "Berth 4\nor berth 5?", false),
        ],
    ),
    (
        "⭐ Ingrid Solberg ⭐",
        false,
        &[(None, "text", "We will call you back", false), (Some(""), "call", "", false)],
    ),
];

/// The chat that somebody marked as unread.
const MARKED: &str = "⭐ Ingrid Solberg ⭐";

/// Creates the first `count` chats, the one with the latest message first.
pub(super) fn seeded(count: usize) -> Vec<Chat> {
    let start = now();
    (0..count).map(|i| chat(i, start)).collect()
}

fn chat(i: usize, start: u64) -> Chat {
    let number = 203_918_000_000_000_u64 + i as u64;
    let last_at = start - 90_000 * (i as u64 + 1);
    let told = i.checked_sub(WRITTEN.len()).and_then(|n| TOLD.get(n));
    let (title, last) = match (WRITTEN.get(i), told) {
        (Some((title, last)), _) => ((*title).to_owned(), (*last).to_owned()),
        (None, Some((title, ..))) => ((*title).to_owned(), String::new()),
        (None, None) => (format!("Customer {i:04}"), format!("message {i} from a customer")),
    };
    let fills = i >= WRITTEN.len() + TOLD.len();
    let is_group =
        title == "Order desk" || told.is_some_and(|told| told.1) || (fills && i.is_multiple_of(17));
    let marked = title == MARKED;
    let saved = !title.starts_with('+');
    let messages = match told {
        Some((_, _, told)) => told_messages(i, &title, told, last_at),
        None => short_talk(i, &last, is_group.then_some("Kofi"), last_at),
    };
    let phone = if title.starts_with('+') {
        title.chars().filter(char::is_ascii_digit).collect()
    } else {
        format!("49151{:07}", 1_000_000 + i)
    };
    Chat {
        id: if is_group { format!("1203630{number}@g.us") } else { format!("{number}@lid") },
        kind: if is_group { "group" } else { "person" },
        phone: (!is_group).then(|| format!("{phone}@c.us")),
        unread: if saved && !marked && i.is_multiple_of(3) { 1 + (i as u32 % 4) } else { 0 },
        marked,
        pinned: false,
        muted: i % 11 == 10,
        title,
        messages,
    }
}

/// A greeting, its answer, and the customer's question.
fn short_talk(i: usize, last: &str, author: Option<&str>, last_at: u64) -> Vec<Message> {
    let talk = [(false, "Hello!"), (true, "Hello, how can we help?"), (false, last)];
    let message = |(n, (mine, text)): (u64, (bool, &str))| Message {
        key: key(i, n),
        mine,
        author: author.filter(|_| !mine).map(str::to_owned),
        form: "text",
        text: text.to_owned(),
        quote: None,
        time: if n == 2 { last_at } else { last_at - 60_000 * (3 - n) },
    };
    (0..).zip(talk).map(message).collect()
}

/// Creates scripted messages, a minute apart.
fn told_messages(i: usize, title: &str, told: &[Told], last_at: u64) -> Vec<Message> {
    let named = |author: Option<&str>| author.filter(|name| !name.is_empty()).map(str::to_owned);
    let quoted =
        |author: Option<&str>| author.map(|name| if name.is_empty() { title } else { name }.to_owned());
    let message = |n: usize| {
        let (author, form, text, answers) = told[n];
        let before = answers.then(|| told[n - 1]);
        Message {
            key: key(i, n as u64),
            mine: author.is_none(),
            author: named(author),
            form,
            text: text.to_owned(),
            quote: before.map(|it| Quote { author: quoted(it.0), text: it.2.to_owned() }),
            time: last_at - 60_000 * (told.len() - 1 - n) as u64,
        }
    };
    (0..told.len()).map(message).collect()
}

fn key(i: usize, n: u64) -> String {
    format!("3A{:020X}", (i as u64) * 100 + n)
}
