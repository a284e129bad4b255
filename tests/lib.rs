//! What browser tests, the demo and the bench stand on: the practice WhatsApp, browsers driven over WebDriver, and a
//! model of the account server between two browser profiles.

pub mod harness;
pub mod whatsapp;
