//! What people write about chats.

const NOTES: &str = include_str!("notes.txt");
const REASONS: &str = include_str!("reasons.txt");

/// A note about a chat.
pub(crate) fn note(rng: &mut fastrand::Rng) -> String {
    one_of(NOTES, rng)
}

/// Why a chat is handed over.
pub(crate) fn reason(rng: &mut fastrand::Rng) -> String {
    one_of(REASONS, rng)
}

/// A line of `lines`, with a digit of chance for each `#`: numbers of orders and parcels are never the same twice.
fn one_of(lines: &str, rng: &mut fastrand::Rng) -> String {
    let line = rng.choice(lines.lines().collect::<Vec<_>>()).unwrap_or_default();
    line.chars().map(|c| if c == '#' { rng.digit(10) } else { c }).collect()
}
