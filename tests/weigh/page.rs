//! What a browser measures: encoding a shard, and taking in a whole team's.

use std::cell::RefCell;

use baton_core::hub::{Hub, Listing};
use baton_core::id::{DeviceId, MemberId, TeamId};
use baton_core::team::chat::team_of_account;
use baton_core::wire::decode_saved;
use wasm_bindgen::prelude::wasm_bindgen;

/// What was loaded, and the hub that took it in last.
struct Loaded {
    team: TeamId,
    listing: Listing,
    hubs: Vec<Hub>,
    fresh: Option<Hub>,
}

thread_local! {
    static LOADED: RefCell<Loaded> = RefCell::new(Loaded {
        team: TeamId([0; 8]),
        listing: Listing::default(),
        hubs: Vec::new(),
        fresh: None,
    });
}

/// Loads what an account's team has published.
#[wasm_bindgen]
pub fn load(account: &str, names: Vec<String>, texts: Vec<String>) {
    LOADED.with_borrow_mut(|loaded| {
        loaded.team = team_of_account(account);
        loaded.listing.items = names.into_iter().zip(texts).collect();
    });
}

/// Loads a hub from its record. Whether it could be read.
#[wasm_bindgen]
pub fn load_hub(record: &[u8]) -> bool {
    let Ok(saved) = decode_saved(record) else { return false };
    LOADED.with_borrow_mut(|loaded| {
        let mut hub = Hub::restore(loaded.team, saved, Vec::new());
        hub.open();
        loaded.hubs.push(hub);
    });
    true
}

/// Encodes the shard of the `n`th hub, and returns how many bytes its items take.
#[wasm_bindgen]
pub fn encode(n: usize, now: f64) -> usize {
    LOADED.with_borrow_mut(|loaded| {
        loaded.hubs.get_mut(n).map_or(0, |hub| hub.next_version(now as u64).version.size)
    })
}

/// Forgets the hub that took everything in last.
#[wasm_bindgen]
pub fn forget() {
    LOADED.with_borrow_mut(|loaded| loaded.fresh = None);
}

/// A new hub takes in all that was published. Returns how many registers it then has.
#[wasm_bindgen]
pub fn adopt_five(now: f64) -> usize {
    LOADED.with_borrow_mut(|loaded| {
        let mut hub = Hub::new(loaded.team, DeviceId([9; 8]), MemberId([9; 8]));
        hub.adopt(&loaded.listing, now as u64);
        let known = hub.document().len();
        loaded.fresh = Some(hub);
        known
    })
}

/// How many bytes of memory the Wasm has.
#[wasm_bindgen]
pub fn heap_bytes() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) * 65_536;
    #[cfg(not(target_arch = "wasm32"))]
    0
}
