//! View of the unfilled fields.

/// The unfilled fields that block sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled {
    /// The fields as they are written in the draft.
    pub fields: Vec<String>,
    /// Whether the question before sending is open.
    pub asking: bool,
}
