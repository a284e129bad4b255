//! Baton's core: everything that needs no browser.
//!
//! The core has no clock, no randomness, no input and no output; all of them come in as arguments. So it can't fail for
//! outside reasons, and all of it is tested natively.
//!
//! An example of the whole domain: two browsers of one team, and a transport that only carries items between them.
//!
//! ```
//! use baton_core::team::chat::team_of_account;
//! use baton_core::hub::{Hub, Listing};
//! use baton_core::id::{DeviceId, MemberId, TagId};
//! use baton_core::replica::Document;
//! use baton_core::team::Team;
//! use baton_core::team::tag::{self, Colour};
//!
//! let account = team_of_account("4915112345678@c.us");
//! let mut ana = Hub::new(account, DeviceId([1; 8]), MemberId([1; 8]));
//! let mut ben = Hub::new(account, DeviceId([2; 8]), MemberId([2; 8]));
//! let mut transport = Listing::default();
//! let minute = 60_000;
//! let now = 29_800_000 * minute;
//!
//! // Ana creates a tag. The op consists of edits, which her hub stamps and stores as registers.
//! let order = TagId([7; 8]);
//! let op = tag::create(&Team::default(), order, "Order", Colour::Blue).expect("there is room");
//! ana.accept("tab", 1, op, now).expect("accepted");
//!
//! // Her hub publishes the registers that it wins. Ben's hub adopts them, and both have the same registers.
//! let plan = ana.plan(&transport, now).expect("something waits");
//! transport.items.extend(plan.set.clone());
//! ana.published(plan, now);
//! ben.adopt(&transport, now);
//! assert_eq!(ben.registers(), ana.registers());
//!
//! // Both rename the tag. The later edit wins in both hubs, in whatever order the edits arrive.
//! let renamed = |name| vec![(baton_core::replica::Key::TagName(order), baton_core::replica::Value::Text(name))];
//! ana.accept("tab", 2, renamed("Orders".into()), now + minute).expect("accepted");
//! ben.accept("tab", 1, renamed("Parcels".into()), now + 2 * minute).expect("accepted");
//! for _ in 0..2 {
//!     for hub in [&mut ana, &mut ben] {
//!         hub.adopt(&transport, now + 2 * minute);
//!         if let Some(plan) = hub.plan(&transport, now + 2 * minute) {
//!             transport.items.extend(plan.set.clone());
//!             hub.published(plan, now + 2 * minute);
//!         }
//!     }
//! }
//! assert_eq!(ana.registers(), ben.registers());
//! let mut document = Document::default();
//! for (key, register) in ana.registers() {
//!     document.restore(key, register);
//! }
//! assert_eq!(Team::of(&document).tag(order).map(|tag| tag.name), Some("Parcels".into()));
//! ```

pub mod app;
pub mod codes;
#[cfg(test)]
mod golden_tests;
pub mod hub;
pub mod id;
pub mod import;
pub mod letters;
pub mod map;
pub mod optimistic_team;
pub mod replica;
pub mod restore;
pub mod search;
pub mod team;
pub mod team_file;
pub mod template;
pub mod uses;
pub mod versions;
pub mod wire;
pub mod words;
