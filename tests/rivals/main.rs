//! A team's month in libraries that replicate documents: how long what they publish is, and how long five replicas take
//! to become one.
//!
//! Prints one JSON object, `{"automerge":{"chars":…,"merge5_ms":…},"loro":{…},"yrs":{…}}`, and on stderr what it does.

mod with_automerge;
mod with_loro;
mod with_yrs;
mod written;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use baton_reference::{Action, Size, device, month};
use serde_json::{Map, Value, json};

use crate::with_automerge::Automerge;
use crate::with_loro::Loro;
use crate::with_yrs::Yrs;
use crate::written::{Expected, Name, Scalar, written};

/// After so many actions all replicas learn of each other's; what is done in between is done concurrently.
const ACTIONS_BETWEEN: usize = 20;
/// How often the merge is timed. The middle time counts.
const RUNS: usize = 9;

/// A replica in one of the libraries.
trait Replica: Sized {
    /// What the library is called.
    const NAME: &str;

    /// Replicas that have a beginning in common and are written by these devices.
    fn replicas(devices: &[[u8; 8]]) -> Result<Vec<Self>>;

    /// Writes what one action writes.
    fn write(&mut self, fields: &[(Name, Scalar)]) -> Result<()>;

    /// Takes in what another replica knows.
    fn learn(&mut self, from: &mut Self) -> Result<()>;

    /// What the replica is kept as.
    fn save(&mut self) -> Result<Vec<u8>>;

    /// The least that tells a newcomer what everything is now.
    fn publish(&mut self) -> Result<Vec<u8>>;

    /// Loads replicas that were saved, and makes them one.
    fn merge(saved: &[Vec<u8>]) -> Result<Self>;

    /// What a field holds.
    fn read(&self, name: &Name) -> Result<Option<Scalar>>;
}

fn main() -> Result<()> {
    let month = month(size()?);
    let mut report = Map::new();
    report.insert(Automerge::NAME.into(), measure::<Automerge>(&month)?);
    report.insert(Loro::NAME.into(), measure::<Loro>(&month)?);
    report.insert(Yrs::NAME.into(), measure::<Yrs>(&month)?);
    println!("{}", Value::Object(report));
    Ok(())
}

/// [`Size::REFERENCE`], or the chats, devices and seed that were given as arguments.
fn size() -> Result<Size> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => Ok(Size::REFERENCE),
        [chats, devices, seed] => {
            let size = Size {
                chats: chats.parse()?,
                devices: devices.parse()?,
                seed: seed.parse()?,
                ..Size::REFERENCE
            };
            Ok(size)
        }
        _ => anyhow::bail!("no argument, or three: chats, devices, seed"),
    }
}

fn measure<R: Replica>(month: &[Action]) -> Result<Value> {
    let begun = Instant::now();
    let devices = month.iter().map(|action| action.device + 1).max().unwrap_or_default();
    let devices: Vec<[u8; 8]> = (0..devices).map(|n| device(n).0).collect();
    let mut replicas = R::replicas(&devices)?;
    for round in month.chunks(ACTIONS_BETWEEN) {
        learn_all(&mut replicas)?;
        for action in round {
            replicas[action.device].write(&written(&action.edits)?)?;
        }
    }
    eprintln!("{}: a month of {} actions in {:.1?}", R::NAME, month.len(), begun.elapsed());

    // The last round is not exchanged yet, so that the merge has something to do.
    let saved: Vec<Vec<u8>> = replicas.iter_mut().map(R::save).collect::<Result<_>>()?;
    let (mut one, times) = timed::<R>(&saved)?;
    let bytes = one.publish()?;
    let chars = BASE64_STANDARD_NO_PAD.encode(&bytes).len();
    eprintln!(
        "{}: {} bytes saved, {} published; merges {times:.1?} ms",
        R::NAME,
        saved[0].len(),
        bytes.len()
    );

    let expected = Expected::of(month, ACTIONS_BETWEEN)?;
    let agreed = agreed(&one, &expected).with_context(|| format!("{} went wrong", R::NAME))?;
    eprintln!("{}: {agreed} of {} fields are known and right", R::NAME, expected.fields.len());
    Ok(json!({ "chars": chars, "merge5_ms": (times[RUNS / 2] * 10.0).round() / 10.0 }))
}

/// All replicas learn what any knows, by way of the first.
fn learn_all<R: Replica>(replicas: &mut [R]) -> Result<()> {
    let Some((first, others)) = replicas.split_first_mut() else { return Ok(()) };
    for other in &mut *others {
        first.learn(other)?;
    }
    for other in others {
        other.learn(first)?;
    }
    Ok(())
}

/// The merged replica, and the times in milliseconds, shortest first.
fn timed<R: Replica>(saved: &[Vec<u8>]) -> Result<(R, Vec<f64>)> {
    let mut times = Vec::with_capacity(RUNS);
    let mut merged = None;
    for _ in 0..RUNS {
        let begun = Instant::now();
        let one = R::merge(saved)?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        merged = Some(one);
    }
    times.sort_by(f64::total_cmp);
    Ok((merged.context("no run")?, times))
}

/// Holds the replica to what was written last, where no two devices wrote at once. How many fields that were.
fn agreed<R: Replica>(replica: &R, expected: &Expected) -> Result<usize> {
    let mut agreed = 0;
    for (name, scalar) in &expected.fields {
        let read = replica.read(name)?;
        if !expected.is_contested(name) {
            ensure!(read.as_ref() == Some(scalar), "{name:?} is {read:?} and not {scalar:?}");
            agreed += 1;
        }
    }
    ensure!(agreed * 100 > expected.fields.len() * 70, "only {agreed} fields could be compared");
    Ok(agreed)
}
