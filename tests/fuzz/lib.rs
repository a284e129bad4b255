//! What the targets and the seeds share.

pub mod bodies;
mod memory;
