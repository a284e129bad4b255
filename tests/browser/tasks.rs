//! Counts the presses of everyday tasks: of the mouse and of keys, without the text that a person types.

use std::cell::Cell;

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, Kind, Place};

use super::member;

in_both! {
    everyday_tasks_take_few_presses
}

/// Counts presses.
struct Counted<'a> {
    agent: &'a Agent,
    presses: Cell<usize>,
}

impl Counted<'_> {
    fn click(&self, css: &str) -> Result<()> {
        self.presses.set(self.presses.get() + 1);
        self.agent.click(Place::Overlay, css)
    }

    fn press(&self, keys: &str) -> Result<()> {
        self.presses.set(self.presses.get() + 1);
        self.agent.browser.session.press(keys)
    }

    /// Checks how many presses the task took, and begins the next one.
    fn done(&self, task: &str, most: usize) -> Result<()> {
        let presses = self.presses.replace(0);
        ensure!(presses <= most, "{task}: {presses} presses, at most {most}");
        Ok(())
    }
}

fn everyday_tasks_take_few_presses(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let hand = Counted { agent: &agent, presses: Cell::new(0) };
    let composer = "div#main footer [contenteditable=true]";
    let written = |text: &str| agent.see(Place::Page, composer, text);
    agent.open_chat("Mei Lin")?;

    hand.click(".shortlist li:nth-child(3) .reply")?;
    written("你好 Mei Lin")?;
    hand.done("a known reply by the mouse", 1)?;

    hand.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    for key in ["t", "h", "Enter"] {
        hand.press(key)?;
    }
    written("Thank you, and have a good day!")?;
    hand.done("a known reply by keys", 5)?;

    hand.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette .digit")?;
    hand.press("4")?;
    written("Please print this label.")?;
    hand.done("one of the first eight replies by keys", 2)?;

    hand.click(".pill:nth-child(1)")?;
    agent.see_chips("Mei Lin", &["Order"])?;
    hand.done("a tag by the mouse", 1)?;

    hand.press("Alt+l")?;
    agent.find(Place::Overlay, ".menu :focus")?;
    for key in ["u", "Enter"] {
        hand.press(key)?;
    }
    agent.see_chips("Mei Lin", &["Order", "Urgent"])?;
    hand.press("Escape")?;
    agent.see_none(Place::Overlay, ".menu")?;
    hand.done("a tag by keys", 4)?;

    hand.click(".chat .primary")?;
    agent.see_chips("Mei Lin", &["Order", "Urgent", "AS"])?;
    hand.done("a claim", 1)
}
