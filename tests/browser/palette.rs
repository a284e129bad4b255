//! Tests of the palette.

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, Kind, Place};
use serde_json::Value;

use super::member;

in_both! {
    a_reply_is_found_and_inserted_at_the_caret
    two_semicolons_open_the_palette_and_go_when_it_inserts
    what_opened_the_palette_is_sent_when_it_is_not_used
    escape_gives_caret_and_focus_back
    an_editor_that_takes_nothing_is_told_and_the_text_copied
    an_editor_that_takes_something_else_is_told
    a_slash_is_whatsapps
}

fn a_reply_is_found_and_inserted_at_the_caret(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("before after")?;
    for _ in "after".chars() {
        keys.press("ArrowLeft")?;
    }
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    ensure!(agent.texts(Place::Overlay, ".replies li")?.len() == 5);
    keys.type_text("rtrn")?;
    agent.see_all(Place::Overlay, ".replies .title", &["Returns policy", "Return label, EU"])?;
    keys.press("ArrowDown")?;
    keys.press("ArrowUp")?;
    keys.press("Enter")?;
    agent.see_draft(
        "before You can return anything within 30 days 😊\n\nPrint the label, Mei Lin.\n— Ana Souzaafter",
    )?;
    // The caret is behind the inserted text, in the real editor.
    keys.type_text("!")?;
    agent.see_draft(
        "before You can return anything within 30 days 😊\n\nPrint the label, Mei Lin.\n— Ana Souza!after",
    )?;
    // Baton never sends.
    ensure!(practice.account().sent("Mei Lin") == ["Hello, how can we help?"]);
    // The editor's model contains the text, so Enter sends exactly that.
    keys.press("Enter")?;
    agent.see_draft("")?;
    baton_tests::harness::until("the message is sent", || {
        let sent = practice.account().sent("Mei Lin");
        Ok(sent
            .last()
            .is_some_and(|text| text.starts_with("before You") && text.ends_with("Souza!after"))
            .then_some(()))
    })
}

fn two_semicolons_open_the_palette_and_go_when_it_inserts(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("李雷")?;
    keys.type_text("hm ;;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("hi")?;
    keys.press("Enter")?;
    agent.see_draft("hm 你好 李雷！👋")?;
    // The editor takes the focus back to restore its caret. No key may reach it meanwhile, especially Enter.
    ensure!(practice.account().sent("李雷").len() == 1);
    Ok(())
}

fn what_opened_the_palette_is_sent_when_it_is_not_used(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("wink ;;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    keys.press("Enter")?;
    agent.see_draft("")?;
    // The editor sends its model, and not the text on screen.
    baton_tests::harness::until("both signs are sent", || {
        let sent = practice.account().sent("Mei Lin");
        Ok(sent.last().is_some_and(|text| text == "wink ;;").then_some(()))
    })
}

fn escape_gives_caret_and_focus_back(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("ab")?;
    keys.press("ArrowLeft")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("nothing like this")?;
    agent.see(Place::Overlay, ".palette .empty", "Nothing matches")?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    keys.type_text("X")?;
    agent.see_draft("aXb")
}

fn an_editor_that_takes_nothing_is_told_and_the_text_copied(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    stubborn(
        &agent,
        "if (event.target.id === 'pasted') return; event.preventDefault(); event.stopImmediatePropagation();",
    )?;
    agent.open_chat("Mei Lin")?;
    agent.browser.session.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.browser.session.press("Enter")?;
    agent.see(Place::Overlay, ".toast", "could not be inserted")?;
    agent.see_draft("")?;
    paste(&agent)?;
    agent.see(Place::Page, "#pasted", "within 30 days")
}

fn an_editor_that_takes_something_else_is_told(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    stubborn(&agent, "if (event.inputType === 'insertLineBreak') event.stopImmediatePropagation();")?;
    agent.open_chat("Mei Lin")?;
    agent.browser.session.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.browser.session.press("Enter")?;
    agent.see(Place::Overlay, ".toast", "not exactly the reply")
}

fn a_slash_is_whatsapps(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.browser.session.type_text("/hi;")?;
    agent.see_draft("/hi;")?;
    agent.see_none(Place::Overlay, ".palette")
}

/// Makes the page handle insertions into its editor in an unexpected way.
fn stubborn(agent: &Agent, what: &str) -> Result<Value> {
    let script = format!(
        "for (const kind of ['beforeinput', 'paste']) window.addEventListener(kind, (event) => {{ {what} }}, true);"
    );
    agent.browser.session.run(&script, &[])
}

/// Pastes the clipboard into a new field, which the event handlers of [`stubborn`] do not affect.
fn paste(agent: &Agent) -> Result<()> {
    let script = "const field = document.createElement('textarea'); field.id = 'pasted'; \
        field.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99999; width: 200px; height: 80px'; \
        document.body.append(field); field.focus();";
    agent.browser.session.run(script, &[])?;
    agent.browser.session.press("Control+v")
}
