//! What browser tests, the demo and the bench stand on: the practice WhatsApp, browsers driven over WebDriver, and a
//! model of the account server between two browser profiles; and the project's files, as its rules are checked on them.

pub mod harness;
pub mod tree;
pub mod whatsapp;
