//! Yrs. What it encodes is not compressed, so it is deflated here.

use std::io::{Read, Write};

use anyhow::Result;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, Map, MapPrelim, Number, Out, ReadTxn, StateVector, Transact, Update};

use crate::Replica;
use crate::written::{Name, Scalar};

pub(crate) struct Yrs(Doc);

impl Replica for Yrs {
    const NAME: &str = "yrs";

    fn replicas(devices: &[[u8; 8]]) -> Result<Vec<Self>> {
        // Ids of 32 bits, as Yjs draws them.
        let client = |[a, b, c, d, ..]: &[u8; 8]| u64::from(u32::from_be_bytes([*a, *b, *c, *d]));
        Ok(devices.iter().map(|device| Yrs(Doc::with_client_id(client(device)))).collect())
    }

    fn write(&mut self, fields: &[(Name, Scalar)]) -> Result<()> {
        let groups: Vec<_> = fields.iter().map(|(name, _)| self.0.get_or_insert_map(name.group)).collect();
        let mut transaction = self.0.transact_mut();
        for (group, (name, scalar)) in groups.into_iter().zip(fields) {
            let value = match scalar {
                Scalar::Nothing => Any::Null,
                Scalar::Flag(flag) => Any::Bool(*flag),
                Scalar::Number(number) => Any::from(i64::from(*number)),
                Scalar::Text(text) => Any::String(text.as_str().into()),
            };
            let thing = match group.get(&transaction, &name.thing) {
                Some(Out::YMap(thing)) => thing,
                _ => group.insert(&mut transaction, name.thing.as_str(), MapPrelim::default()),
            };
            thing.insert(&mut transaction, name.field.as_str(), value);
        }
        Ok(())
    }

    fn learn(&mut self, from: &mut Self) -> Result<()> {
        let known = self.0.transact().state_vector();
        let news = from.0.transact().encode_diff_v2(&known);
        self.0.transact_mut().apply_update(Update::decode_v2(&news)?)?;
        Ok(())
    }

    fn save(&mut self) -> Result<Vec<u8>> {
        let bytes = self.0.transact().encode_state_as_update_v2(&StateVector::default());
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&bytes)?;
        Ok(encoder.finish()?)
    }

    fn publish(&mut self) -> Result<Vec<u8>> {
        self.save()
    }

    fn merge(saved: &[Vec<u8>]) -> Result<Self> {
        let doc = Doc::new();
        for deflated in saved {
            let mut bytes = Vec::new();
            DeflateDecoder::new(deflated.as_slice()).read_to_end(&mut bytes)?;
            doc.transact_mut().apply_update(Update::decode_v2(&bytes)?)?;
        }
        Ok(Yrs(doc))
    }

    fn read(&self, name: &Name) -> Result<Option<Scalar>> {
        let group = self.0.get_or_insert_map(name.group);
        let transaction = self.0.transact();
        let Some(Out::YMap(thing)) = group.get(&transaction, &name.thing) else { return Ok(None) };
        let Some(Out::Any(value)) = thing.get(&transaction, &name.field) else { return Ok(None) };
        Ok(match value {
            Any::Null => Some(Scalar::Nothing),
            Any::Bool(flag) => Some(Scalar::Flag(flag)),
            Any::Number(Number::Int(number)) => Some(Scalar::Number(u32::try_from(number)?)),
            Any::String(text) => Some(Scalar::Text(text.to_string())),
            _ => None,
        })
    }
}
