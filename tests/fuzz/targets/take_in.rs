//! Whole items, taken in by a hub.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| baton_fuzz::bodies::take_in(input));
