//! The model of a Google account: each key is an entity of its own, and the first writer to reach the server wins.

use std::collections::BTreeMap;

use baton_core::replica::shard::Items;
use fastrand::Rng;

use crate::area::Area;

/// The entities on the server. A deleted key keeps a version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chrome {
    entities: BTreeMap<String, (u64, Option<String>)>,
    version: u64,
}

impl Chrome {
    /// The items that are not deleted.
    pub(crate) fn items(&self) -> Items {
        let live = self.entities.iter().filter_map(|(key, (_, text))| Some((key.clone(), text.clone()?)));
        live.collect()
    }

    /// Sets or deletes a key, in the name of a machine that is not simulated.
    pub(crate) fn put(&mut self, key: &str, text: Option<String>) -> u64 {
        self.version += 1;
        self.entities.insert(key.to_owned(), (self.version, text));
        self.version
    }

    /// Syncs an area with the server partially. `share` is the probability that a key is transferred: items of one
    /// `set` are separate entities, which arrive one by one and in any order.
    pub(crate) fn sync(&mut self, area: &mut Area, share: f64, rng: &mut Rng) {
        let first = rng.bool();
        if first {
            self.update(area, share, rng);
        }
        self.commit(area, share, rng);
        if !first {
            self.update(area, share, rng);
        }
    }

    fn update(&self, area: &mut Area, share: f64, rng: &mut Rng) {
        for (key, (version, remote)) in &self.entities {
            let known = area.known.get(key).copied().unwrap_or(0);
            if *version <= known || rng.f64() >= share {
                continue;
            }
            area.known.insert(key.clone(), *version);
            match remote {
                // Only a local change that the server does not have survives a deletion.
                None if area.dirty.contains(key) => {}
                None => drop(area.items.remove(key)),
                // Quotas do not apply to incoming items.
                Some(text) => {
                    area.dirty.remove(key);
                    area.items.insert(key.clone(), text.clone());
                }
            }
        }
    }

    fn commit(&mut self, area: &mut Area, share: f64, rng: &mut Rng) {
        for key in area.dirty.clone() {
            let base = area.known.get(&key).copied().unwrap_or(0);
            let stands = self.entities.get(&key).map_or(0, |(version, _)| *version);
            if base != stands || rng.f64() >= share {
                continue;
            }
            let version = self.put(&key, area.items.get(&key).cloned());
            area.known.insert(key.clone(), version);
            area.dirty.remove(&key);
        }
    }

    /// The browser signs in again. If the server has any items, local items that it lacks are deleted, and the others
    /// are overwritten.
    pub(crate) fn sign_in(&self, area: &mut Area) {
        let server = self.items();
        area.known = self.entities.iter().map(|(key, (version, _))| (key.clone(), *version)).collect();
        area.dirty.clear();
        if server.is_empty() {
            area.dirty = area.items.keys().cloned().collect();
        } else {
            area.items = server;
        }
    }

    /// A machine uninstalls the extension: all items that it knows are deleted for all.
    pub(crate) fn uninstall(&mut self, area: &Area) {
        for (key, _) in &area.items {
            if self.entities.contains_key(key) {
                self.put(key, None);
            }
        }
    }
}
