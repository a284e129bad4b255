//! Names of devices and members.

use baton_core::id::{DeviceId, MemberId};

/// Of all months, so that a device is called the same in each.
const SEED: u64 = 0x0062_6174_6f6e;

/// The name of the `n`th device: bytes without a pattern.
pub fn device(n: usize) -> DeviceId {
    DeviceId(bytes(n, 0))
}

/// The member who works at the `n`th device.
pub fn member(n: usize) -> MemberId {
    let mut id = bytes(n, 1);
    id[6..].fill(0);
    MemberId(id)
}

/// Eight bytes of chance.
pub(crate) fn any(rng: &mut fastrand::Rng) -> [u8; 8] {
    rng.u64(..).to_be_bytes()
}

/// Six bytes of chance, as Baton names tags and replies.
pub(crate) fn short(rng: &mut fastrand::Rng) -> [u8; 8] {
    let mut id = any(rng);
    id[6..].fill(0);
    id
}

fn bytes(n: usize, kind: u64) -> [u8; 8] {
    let mut rng = fastrand::Rng::with_seed(SEED + kind);
    let first = any(&mut rng);
    (0..n).fold(first, |_, _| any(&mut rng))
}
