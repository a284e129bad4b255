//! The hub's record on disk.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| baton_fuzz::bodies::saved(input));
