//! What the hub says.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| baton_fuzz::bodies::from_hub(input));
