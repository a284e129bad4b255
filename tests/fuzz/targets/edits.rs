//! Edits as a port carries them.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| baton_fuzz::bodies::edits(input));
