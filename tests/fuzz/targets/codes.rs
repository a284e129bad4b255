//! A text in codes.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| baton_fuzz::bodies::codes(input));
