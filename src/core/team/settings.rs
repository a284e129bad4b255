//! The team's settings, by the names of their registers.

/// Text: the working hours, see [`crate::hours`]. None: around the clock.
pub const HOURS: [u8; 8] = *b"hours\0\0\0";

/// Number: the working minutes within which the team promises an answer. None: it promises nothing.
pub const PROMISE: [u8; 8] = *b"promise\0";
