//! A model of the server behind a browser account, which carries `storage.sync` from profile to profile.
//!
//! The browsers' `storage.sync`, its events and its quotas are real. The server is a model, based on the sources of
//! Chromium and Firefox. On a conflict, Chromium keeps a key's local change only against a remote deletion; Firefox
//! takes the remote value wherever both sides changed a key. Real Chromium and Firefox never share an account. The
//! model allows that, so that every test and the demo can pair them.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use super::agent::Agent;
use super::browser::Kind;
use super::until;

type Items = BTreeMap<String, Value>;

/// An account that several profiles are signed in to.
#[derive(Default)]
pub struct BrowserAccount {
    items: Items,
    /// The items of the last sync with the server, by profile number.
    agreed: BTreeMap<usize, Items>,
}

impl BrowserAccount {
    /// Syncs profile number `profile` with the server once. Returns whether any item changed.
    pub fn sync(&mut self, profile: usize, agent: &Agent) -> Result<bool> {
        let local = read(agent)?;
        let agreed = self.agreed.entry(profile).or_default();
        let mut wanted = local.clone();
        let mut moved = false;
        let keys: Vec<String> = self.items.keys().chain(local.keys()).chain(agreed.keys()).cloned().collect();
        for key in keys {
            let (ours, theirs, before) = (local.get(&key), self.items.get(&key), agreed.get(&key));
            let remote_wins = match (ours != before, theirs != before) {
                (_, false) => false,
                (false, true) => true,
                (true, true) => agent.browser.kind == Kind::Firefox || theirs.is_some(),
            };
            if remote_wins {
                put(&mut wanted, &key, theirs.cloned());
            } else if ours != theirs {
                put(&mut self.items, &key, ours.cloned());
                moved = true;
            }
        }
        moved |= wanted != local;
        write(agent, &local, &wanted)?;
        *agreed = wanted;
        Ok(moved)
    }

    /// Syncs all profiles repeatedly until a condition holds.
    pub fn settle<const N: usize>(
        &mut self,
        agents: &[Agent; N],
        what: &str,
        holds: impl Fn(&[Agent; N]) -> Result<bool>,
    ) -> Result<()> {
        until(what, || {
            for (profile, agent) in agents.iter().enumerate() {
                self.sync(profile, agent)?;
            }
            Ok(holds(agents)?.then_some(()))
        })
    }

    /// The items on the server.
    pub fn items(&self) -> &BTreeMap<String, Value> {
        &self.items
    }
}

fn put(items: &mut Items, key: &str, value: Option<Value>) {
    match value {
        Some(value) => items.insert(key.to_owned(), value),
        None => items.remove(key),
    };
}

fn read(agent: &Agent) -> Result<Items> {
    Ok(serde_json::from_value(agent.storage("sync.get(null)", Value::Null)?)?)
}

fn write(agent: &Agent, before: &Items, after: &Items) -> Result<()> {
    let changed: Items = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(*value))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let gone: Vec<&String> = before.keys().filter(|key| !after.contains_key(*key)).collect();
    if !changed.is_empty() {
        agent.storage("sync.set(arg)", json!(changed))?;
    }
    if !gone.is_empty() {
        agent.storage("sync.remove(arg)", json!(gone))?;
    }
    Ok(())
}
