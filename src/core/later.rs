//! Where the second half of a Wasm begins.

/// Does what is not needed to show something first. The build puts all that is reached through here alone into a second
/// half of the Wasm, which is loaded after what is seen first: whoever calls it knows that it is there.
#[inline(never)]
pub fn later<T>(what: impl FnOnce() -> T) -> T {
    what()
}
