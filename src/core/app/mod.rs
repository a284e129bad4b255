//! The application: what happened ([`Msg`]), what is known ([`Model`]), what to do about it ([`Effect`]) and what is
//! on screen ([`view`]). No widget talks to storage and no adapter draws: everything passes through [`Model::update`].

pub mod reading;
