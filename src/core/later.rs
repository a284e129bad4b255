//! Where the second half of a Wasm begins.

/// Calls into the second half of the Wasm, which is loaded after what is seen first: the build puts all that is reached
/// through here alone there. Whoever calls it knows that it is there, or it traps. What waits for nothing is called without
/// it.
#[inline(never)]
pub fn later<T>(what: impl FnOnce() -> T) -> T {
    what()
}
