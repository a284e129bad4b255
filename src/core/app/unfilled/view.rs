//! What keeps a draft from being sent, as plain data.

/// What keeps a draft from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled {
    /// What is to be filled in, as it is written.
    pub fields: Vec<String>,
    /// Whether the person tried to send and is asked.
    pub asking: bool,
}
