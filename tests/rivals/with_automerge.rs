//! Automerge. Its history is part of whatever it saves.

use anyhow::{Context, Result};
use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use crate::Replica;
use crate::written::{GROUPS, Name, Scalar};

pub(crate) struct Automerge(AutoCommit);

impl Replica for Automerge {
    const NAME: &str = "automerge";

    fn replicas(devices: &[[u8; 8]]) -> Result<Vec<Self>> {
        let mut first = AutoCommit::new();
        if let Some(device) = devices.first() {
            first.set_actor(ActorId::from(device));
        }
        for group in GROUPS {
            first.put_object(ROOT, group, ObjType::Map)?;
        }
        first.commit();
        Ok(devices.iter().map(|device| Automerge(first.fork().with_actor(ActorId::from(device)))).collect())
    }

    fn write(&mut self, fields: &[(Name, Scalar)]) -> Result<()> {
        for (name, scalar) in fields {
            let (_, group) =
                self.0.get(ROOT, name.group)?.context("all groups are there from the beginning")?;
            let thing = match self.0.get(&group, &name.thing)? {
                Some((_, thing)) => thing,
                None => self.0.put_object(&group, &name.thing, ObjType::Map)?,
            };
            let value = match scalar {
                Scalar::Nothing => ScalarValue::Null,
                Scalar::Flag(flag) => ScalarValue::Boolean(*flag),
                Scalar::Number(number) => ScalarValue::Uint(u64::from(*number)),
                Scalar::Text(text) => ScalarValue::Str(text.into()),
            };
            self.0.put(&thing, &name.field, value)?;
        }
        // Without the moment, which would only make it longer.
        self.0.commit();
        Ok(())
    }

    fn learn(&mut self, from: &mut Self) -> Result<()> {
        self.0.merge(&mut from.0)?;
        Ok(())
    }

    fn save(&mut self) -> Result<Vec<u8>> {
        Ok(self.0.save())
    }

    fn publish(&mut self) -> Result<Vec<u8>> {
        Ok(self.0.save())
    }

    fn merge(saved: &[Vec<u8>]) -> Result<Self> {
        // Half the time of loading each and merging the documents.
        let mut one = AutoCommit::new();
        for bytes in saved {
            one.load_incremental(bytes)?;
        }
        Ok(Automerge(one))
    }

    fn read(&self, name: &Name) -> Result<Option<Scalar>> {
        let inside = |object: Option<ObjId>, key: &str| -> Result<Option<(Value<'_>, ObjId)>> {
            object.map_or(Ok(None), |object| Ok(self.0.get(object, key)?))
        };
        let group = inside(Some(ROOT), name.group)?.map(|(_, group)| group);
        let thing = inside(group, &name.thing)?.map(|(_, thing)| thing);
        let Some((Value::Scalar(value), _)) = inside(thing, &name.field)? else { return Ok(None) };
        Ok(match value.as_ref() {
            ScalarValue::Null => Some(Scalar::Nothing),
            ScalarValue::Boolean(flag) => Some(Scalar::Flag(*flag)),
            ScalarValue::Uint(number) => Some(Scalar::Number(u32::try_from(*number)?)),
            ScalarValue::Str(text) => Some(Scalar::Text(text.to_string())),
            _ => None,
        })
    }
}
