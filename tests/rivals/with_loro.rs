//! Loro. Published is a state without history; saved is the history as well, as only that can be merged.

use anyhow::{Context, Result};
use loro::{ExportMode, LoroDoc, LoroMap, LoroValue};

use crate::Replica;
use crate::written::{Name, Scalar};

pub(crate) struct Loro(LoroDoc);

impl Loro {
    fn thing(&self, name: &Name) -> Option<LoroMap> {
        self.0.get_map(name.group).get(&name.thing)?.into_container().ok()?.into_map().ok()
    }
}

impl Replica for Loro {
    const NAME: &str = "loro";

    fn replicas(devices: &[[u8; 8]]) -> Result<Vec<Self>> {
        let replica = |device: &[u8; 8]| {
            let doc = LoroDoc::new();
            doc.set_peer_id(u64::from_be_bytes(*device))?;
            Ok(Loro(doc))
        };
        devices.iter().map(replica).collect()
    }

    fn write(&mut self, fields: &[(Name, Scalar)]) -> Result<()> {
        for (name, scalar) in fields {
            let value = match scalar {
                Scalar::Nothing => LoroValue::Null,
                Scalar::Flag(flag) => LoroValue::Bool(*flag),
                Scalar::Number(number) => LoroValue::I64(i64::from(*number)),
                Scalar::Text(text) => LoroValue::String(text.clone().into()),
            };
            // Loro's mergeable maps would lose nothing when two devices make one at once, and are a twelfth longer.
            let thing = match self.thing(name) {
                Some(thing) => thing,
                None => self.0.get_map(name.group).insert_container(&name.thing, LoroMap::new())?,
            };
            thing.insert(&name.field, value)?;
        }
        self.0.commit();
        Ok(())
    }

    fn learn(&mut self, from: &mut Self) -> Result<()> {
        self.0.import(&from.0.export(ExportMode::updates(&self.0.oplog_vv()))?)?;
        Ok(())
    }

    fn save(&mut self) -> Result<Vec<u8>> {
        Ok(self.0.export(ExportMode::Snapshot)?)
    }

    fn publish(&mut self) -> Result<Vec<u8>> {
        // With edits in it that were concurrent and that nothing follows, a state is exported twice. So one follows.
        let after = self.0.fork();
        after.get_map("published").insert("times", 1)?;
        after.commit();
        let exported = [
            after.export(ExportMode::state_only(None))?,
            after.export(ExportMode::shallow_snapshot(&after.oplog_frontiers()))?,
        ];
        exported.into_iter().min_by_key(Vec::len).context("there are two")
    }

    fn merge(saved: &[Vec<u8>]) -> Result<Self> {
        let doc = LoroDoc::new();
        for bytes in saved {
            doc.import(bytes)?;
        }
        // What is imported is taken apart only when it is asked for.
        doc.get_deep_value();
        Ok(Loro(doc))
    }

    fn read(&self, name: &Name) -> Result<Option<Scalar>> {
        let field = self.thing(name).and_then(|thing| thing.get(&name.field));
        Ok(match field.and_then(|field| field.into_value().ok()) {
            Some(LoroValue::Null) => Some(Scalar::Nothing),
            Some(LoroValue::Bool(flag)) => Some(Scalar::Flag(flag)),
            Some(LoroValue::I64(number)) => Some(Scalar::Number(u32::try_from(number)?)),
            Some(LoroValue::String(text)) => Some(Scalar::Text(text.to_string())),
            _ => None,
        })
    }
}
