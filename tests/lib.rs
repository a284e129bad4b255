//! The library of the browser tests, the demo and the benchmark: the practice WhatsApp, browsers driven over WebDriver,
//! and a model of the account server between two browser profiles. It also reads the project's files for the tests of
//! its rules.

pub mod harness;
pub mod tree;
pub mod whatsapp;
