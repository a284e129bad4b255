//! The chats of the account. The first are written by hand and hold what a reader can stumble over; the rest only fill
//! the list. Nothing is random: every start is the same.

use super::account::{Chat, Message, now};

/// Titles and last messages that tests, the demo and its screenshots name.
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

/// The first `count` chats, the one with the latest message first.
pub(super) fn seeded(count: usize) -> Vec<Chat> {
    let start = now();
    (0..count).map(|i| chat(i, start)).collect()
}

fn chat(i: usize, start: u64) -> Chat {
    let number = 203_918_000_000_000_u64 + i as u64;
    let (title, last) = match WRITTEN.get(i) {
        Some((title, last)) => ((*title).to_owned(), (*last).to_owned()),
        None => (format!("Customer {i:04}"), format!("message {i} from a customer")),
    };
    let is_group = title == "Order desk" || (i >= WRITTEN.len() && i.is_multiple_of(17));
    let saved = !title.starts_with('+');
    let last_at = start - 90_000 * (i as u64 + 1);
    let author = is_group.then(|| "Kofi".to_owned());
    let earlier = [(false, "Hello!"), (true, "Hello, how can we help?")];
    let mut messages: Vec<Message> = (0..)
        .zip(earlier)
        .map(|(n, (mine, text))| message(i, n, mine, text, author.clone(), last_at - 60_000 * (3 - n)))
        .collect();
    messages.push(message(i, 2, false, &last, author, last_at));
    let phone = if title.starts_with('+') {
        title.chars().filter(char::is_ascii_digit).collect()
    } else {
        format!("49151{:07}", 1_000_000 + i)
    };
    Chat {
        id: if is_group { format!("1203630{number}@g.us") } else { format!("{number}@lid") },
        kind: if is_group { "group" } else { "person" },
        phone: (!is_group).then(|| format!("{phone}@c.us")),
        unread: if saved && i.is_multiple_of(3) { 1 + (i as u32 % 4) } else { 0 },
        pinned: false,
        muted: i % 11 == 10,
        title,
        messages,
    }
}

fn message(i: usize, n: u64, mine: bool, text: &str, author: Option<String>, time: u64) -> Message {
    let key = format!("3A{:020X}", (i as u64) * 100 + n);
    Message { key, mine, author: author.filter(|_| !mine), text: text.to_owned(), time }
}
