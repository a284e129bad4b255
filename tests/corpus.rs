//! Regression inputs for every decoder: inputs that once failed in `cargo xtask fuzz` or reach code that no other input
//! reaches, and shards that are built to cost much more than their length, which fuzzing does not find.

#[path = "fuzz/bodies.rs"]
mod bodies;
#[path = "harness/memory.rs"]
mod memory;

use std::fs;
use std::path::PathBuf;

use baton_coder::Coder;
use baton_coder::text;
use baton_core::replica::dense::Head;
use baton_core::wire::Malformed;
use baton_tests::harness::root;

use crate::bodies::TARGETS;
use crate::memory::most_used;

/// The largest amount of memory that an input may take, in bytes.
const MOST: usize = 16 << 20;

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_input_does_harm() {
    for (target, body) in TARGETS {
        let inputs = inputs(target);
        assert!(!inputs.is_empty() && inputs.len() <= 60, "{} inputs for {target}", inputs.len());
        for file in inputs {
            let input = fs::read(&file).unwrap();
            let used = most_used(|| body(&input));
            assert!(used < MOST, "{} takes {used} bytes", file.display());
        }
    }
}

/// The head of a shard, with one chat and no colleague.
fn head() -> Vec<u8> {
    let bytes = [&[1, 1, 0, 0, 0, 1, 0][..], &[5; 5]].concat();
    assert!(Head::read(&bytes).is_ok_and(|(head, rest)| head.table.len() == 1 && rest.is_empty()));
    bytes
}

/// The context of a decision in the stream of registers, for a kind; see `src/core/replica/dense/columns.rs`.
fn of(decision: u32, kind: u32) -> u32 {
    decision << 8 | kind
}

/// More bytes than a browser's sync holds.
const LENGTH: usize = 100_000;

#[test]
fn a_chat_of_a_million_stamps_takes_no_memory() {
    let mut coder = Coder::writer(head());
    // There are no registers; one chat is present; it has as many stamps as can be encoded, all equal.
    coder.bit(of(2, 0), false);
    coder.symbol(1, 8, 0);
    coder.bit(of(13, 1), true);
    coder.number(20, u32::MAX);
    for at in 0..4_000_000 {
        coder.bit(of(15, u32::from(at == 0)), true);
        coder.number(of(19, u32::from(at == 0)), 0);
        coder.number(of(8, 3), 0);
        coder.number(of(6, 0), 0);
    }
    let bytes = coder.finish();
    assert!(bytes.len() < LENGTH, "{} bytes", bytes.len());
    let used = most_used(|| bodies::shard(&bytes));
    assert!(used < MOST, "{used} bytes");
}

#[test]
fn a_text_of_many_megabytes_is_not_written_out() {
    let mut coder = Coder::writer(head());
    // A register of kind 1 about a new id, whose value is a text.
    coder.bit(of(2, 0), false);
    coder.symbol(1, 8, 1);
    coder.symbol(of(3, 1), 2, 1);
    coder.raw([0; 6]);
    coder.bit(22, false);
    coder.number(of(7, 1), 0);
    coder.number(of(8, 1), 0);
    coder.number(of(6, 0), 0);
    coder.symbol(of(9, 1), 3, 4);
    let text = "a".repeat(9 << 20);
    text::primed(|model| model.text(&mut coder, 1, &text, text.len()).unwrap());
    let bytes = coder.finish();
    assert!(bytes.len() < LENGTH, "{} bytes", bytes.len());
    let used = most_used(|| bodies::shard(&bytes));
    assert!(used < MOST, "{used} bytes");
}

#[test]
fn a_table_that_is_used_twice_is_refused() {
    let colleague = [2; 8];
    let used = [0, 3, 0, 0, 0, 0];
    let once = [&[1, 1, 0, 1][..], &colleague, &[9, 1], &used, &[0, 0]].concat();
    let twice = [&[1, 1, 0, 1][..], &colleague, &[9, 2], &used, &used, &[0, 0]].concat();
    assert_eq!(Head::read(&once).map(|(head, _)| head.table_refs.len()), Ok(1));
    assert_eq!(Head::read(&twice), Err(Malformed::Corrupt));
}
