//! Tests of the form of a reply, and of drafts with unfilled fields.

use std::fs;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Kind, Place, until};
use serde_json::{Value, json};

use super::member;
use super::sync_centre::press;

in_both! {
    what_is_not_known_is_asked_and_previewed
    a_draft_with_a_gap_is_not_sent_before_somebody_says_so
    several_replies_go_in_one_after_the_other_and_undo_takes_one_back
    a_reply_that_asks_goes_where_its_sign_was_typed
    a_whole_shortcut_and_a_space_insert_at_once
    what_was_copied_goes_into_a_reply_once_that_is_allowed
    one_of_a_fields_lines_is_chosen_under_the_fields_name
    a_reply_is_changed_and_pinned_in_the_palette
    what_is_typed_into_a_reply_is_there_again_until_it_is_dropped
    a_message_of_ones_own_becomes_a_reply
    what_a_customer_wrote_becomes_no_reply
    replies_of_a_tag_are_offered_in_its_chats_only
    files_of_a_reply_are_shown_by_whatsapp_and_not_sent
    other_keys_open_the_palette_once_they_are_chosen
}

/// Imports more replies into the team.
fn with_replies(agent: &Agent, replies: Value) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("replies.json");
    fs::write(&file, json!({ "baton": 1, "replies": replies }).to_string())?;
    agent.import(&file)
}

fn what_is_not_known_is_asked_and_previewed(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let body =
        "Hi {first_name}, parcel {parcel number} comes {today|tomorrow}{? with {carrier}}.{cursor} Bye";
    with_replies(&agent, json!([{ "title": "Parcel", "shortcut": "pc", "body": body }]))?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("parcel")?;
    agent.see(Place::Overlay, ".palette > .reads", "Hi Mei, parcel {parcel number} comes today. Bye")?;
    keys.press("Enter")?;
    agent.see_all(Place::Overlay, ".questions .labelled > span", &["parcel number"])?;
    // The first field has the focus. Enter does not submit the form while a required field is empty.
    keys.press("Enter")?;
    agent.find(Place::Overlay, ".form-page")?;
    keys.type_text("A 17")?;
    agent.see(Place::Overlay, ".form-page .reads", "Hi Mei, parcel A 17 comes today. Bye")?;
    agent.click(Place::Overlay, ".choices label:nth-of-type(2) input")?;
    agent.click(Place::Overlay, ".part input")?;
    agent.see_all(Place::Overlay, ".questions .labelled > span", &["parcel number", "carrier"])?;
    agent.click(Place::Overlay, ".questions .labelled:last-child input")?;
    keys.type_text("DHL")?;
    keys.press("Enter")?;
    agent.see_draft("Hi Mei, parcel A 17 comes tomorrow with DHL. Bye")?;
    agent.see_none(Place::Overlay, ".palette")?;
    until("the caret is where the reply wants it", || {
        let after =
            "const at = getSelection(); return at.anchorNode?.textContent.slice(at.anchorOffset) ?? ''";
        Ok((keys.run(after, &[])? == " Bye").then_some(()))
    })?;
    keys.type_text(" Thanks.")?;
    agent.see_draft("Hi Mei, parcel A 17 comes tomorrow with DHL. Thanks. Bye")
}

fn a_draft_with_a_gap_is_not_sent_before_somebody_says_so(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    let before = practice.account().sent("Mei Lin").len();
    let sent = |count: usize| {
        until("the message is sent", || {
            Ok((practice.account().sent("Mei Lin").len() == before + count).then_some(()))
        })
    };
    keys.type_text("Order {order number} is on its way")?;
    agent.see(Place::Overlay, ".unfilled", "{order number}")?;
    agent.find(Place::Overlay, ".blocked")?;
    keys.press("Enter")?;
    agent.see(Place::Overlay, ".unfilled[role=alertdialog]", "Fill it in first?")?;
    ensure!(practice.account().sent("Mei Lin").len() == before, "it was sent");
    // The default answer to the question is to fill in the field. It selects the field, so that typing replaces it.
    keys.press("Enter")?;
    agent.see_none(Place::Overlay, ".unfilled[role=alertdialog]")?;
    keys.type_text("77")?;
    agent.see_draft("Order 77 is on its way")?;
    agent.see_none(Place::Overlay, ".unfilled")?;
    keys.press("Enter")?;
    sent(1)?;

    // The Send button is blocked as well, until the person allows it.
    keys.type_text("{like this}")?;
    agent.find(Place::Overlay, ".unfilled")?;
    agent.click(Place::Page, "[data-tab='11']")?;
    agent.find(Place::Overlay, ".unfilled[role=alertdialog]")?;
    ensure!(practice.account().sent("Mei Lin").len() == before + 1, "it was sent");
    agent.click(Place::Overlay, ".unfilled button:not(.primary)")?;
    agent.see_none(Place::Overlay, ".unfilled")?;
    agent.click(Place::Page, "[data-tab='11']")?;
    sent(2)?;
    ensure!(practice.account().sent("Mei Lin").last().map(String::as_str) == Some("{like this}"));

    // Other text in braces is not a field, and does not block sending.
    keys.type_text("fn main() {} { \"a\": 1 }")?;
    keys.press("Enter")?;
    sent(3)
}

fn several_replies_go_in_one_after_the_other_and_undo_takes_one_back(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    with_replies(
        &agent,
        json!([
            { "title": "Uno", "shortcut": "uno", "body": "first\n*line* 😊 two" },
            { "title": "Dos", "shortcut": "dos", "body": " second" },
        ]),
    )?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("x ;;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("uno")?;
    keys.press("Alt+Enter")?;
    agent.see_draft("x first\n*line* 😊 two")?;
    agent.find(Place::Overlay, ".palette")?;
    until("the palette has the focus", || {
        let tag = agent.in_overlay("return arguments[0].activeElement?.className")?;
        Ok((tag == "query").then_some(()))
    })?;
    keys.type_text("dos")?;
    keys.press("Enter")?;
    agent.see_draft("x first\n*line* 😊 two second")?;
    agent.see_none(Place::Overlay, ".palette")?;
    keys.press("Control+z")?;
    agent.see_draft("x first\n*line* 😊 two")?;
    keys.press("Control+z")?;
    // Undo restores the whole trigger, and not half of it.
    agent.see_draft("x ;;")
}

fn a_reply_that_asks_goes_where_its_sign_was_typed(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    with_replies(&agent, json!([{ "title": "Parcel", "shortcut": "pc", "body": "parcel {parcel number}" }]))?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("Hello  world")?;
    (0..6).try_for_each(|_| keys.press("ArrowLeft"))?;
    keys.type_text(";;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("pc")?;
    agent.see(Place::Overlay, ".replies li[aria-selected=true]", "Parcel")?;
    keys.press("Alt+Enter")?;
    agent.find(Place::Overlay, ".form-page")?;
    keys.type_text("7")?;
    keys.press("Enter")?;
    agent.see_draft("Hello parcel 7 world")?;
    // The palette stays open, and the next reply is inserted behind the first.
    agent.see(Place::Overlay, ".replies .title", "Parcel")?;
    until("the palette has the focus", || {
        let class = agent.in_overlay("return arguments[0].activeElement?.className")?;
        Ok((class == "query").then_some(()))
    })?;
    keys.type_text("thx")?;
    keys.press("Enter")?;
    agent.see_draft("Hello parcel 7Thank you, and have a good day! world")
}

fn a_whole_shortcut_and_a_space_insert_at_once(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("李雷")?;
    keys.type_text(";;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("hi ")?;
    agent.see_draft("你好 李雷！👋")?;
    agent.see_none(Place::Overlay, ".palette")
}

fn what_was_copied_goes_into_a_reply_once_that_is_allowed(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    with_replies(&agent, json!([{ "title": "Track", "shortcut": "track", "body": "See {clipboard}!" }]))?;
    agent.browser.spoil();
    agent.browser.grant_clipboard()?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.type_text("parcel 42")?;
    keys.press("Control+a")?;
    keys.press("Control+x")?;
    agent.see_draft("")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("track")?;
    // The clipboard is not read before the reply is used.
    agent.see(Place::Overlay, ".palette > .reads", "See {clipboard}!")?;
    keys.press("Enter")?;
    agent.see_draft("See parcel 42!")
}

fn one_of_a_fields_lines_is_chosen_under_the_fields_name(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    with_replies(&agent, json!([{ "title": "Pickup", "shortcut": "pick", "body": "At {Warehouse}." }]))?;
    let keys = &agent.browser.session;
    agent.open_desk("fields")?;
    agent.click(Place::Page, "#desk .wide .field")?;
    keys.type_text("warehouse\n")?;
    until("the focus on the value", || {
        let tag = keys.run("return document.activeElement.tagName", &[])?;
        Ok((tag == "TEXTAREA").then_some(()))
    })?;
    keys.type_text("1 Long Street\n2 Short Street")?;
    keys.press("Tab")?;
    agent.close_desk()?;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("pick")?;
    agent.see(Place::Overlay, ".replies li[aria-selected=true]", "Pickup")?;
    keys.press("Enter")?;
    let choice = agent.find(Place::Overlay, ".form-page fieldset")?;
    ensure!(keys.label(&choice)? == "Warehouse", "it is called {:?}", keys.label(&choice)?);
    agent.click(Place::Overlay, ".choices label:nth-of-type(2) input")?;
    keys.press("Enter")?;
    agent.see_draft("At 2 Short Street.")
}

fn a_reply_is_changed_and_pinned_in_the_palette(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("ship")?;
    agent.see(Place::Overlay, ".replies li[aria-selected=true]", "Shipping times")?;
    agent.see(Place::Overlay, ".replies li[aria-selected=true] .shortcut mark", "ship")?;
    keys.press("Alt+p")?;
    agent.see(Place::Overlay, ".replies li .marks", "Pinned")?;
    keys.press("Alt+e")?;
    agent.find(Place::Overlay, ".form-page textarea")?;
    keys.press("Control+a")?;
    keys.type_text("Always open, {name")?;
    agent.see(Place::Overlay, ".problems", "no closing brace")?;
    keys.type_text("}")?;
    agent.see_none(Place::Overlay, ".problems p")?;
    keys.press("Control+Enter")?;
    agent.see(Place::Overlay, ".toast", "saved")?;
    // Without a query, pinned replies come first.
    keys.press("Control+a")?;
    keys.press("Backspace")?;
    agent.see(Place::Overlay, ".replies li:first-child .title", "Shipping times")?;
    keys.press("Enter")?;
    agent.see_draft("Always open, Mei Lin")
}

fn what_is_typed_into_a_reply_is_there_again_until_it_is_dropped(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let long = "x".repeat(5_000);
    with_replies(&agent, json!([{ "title": "Terms", "shortcut": "terms", "body": long }]))?;
    let keys = &agent.browser.session;
    let body = || -> Result<String> {
        let body = agent.find(Place::Overlay, ".form-page textarea")?;
        let text = keys.run("return arguments[0].value", &[body.reference()])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    };
    let open = || -> Result<()> {
        keys.press("Alt+q")?;
        agent.find(Place::Overlay, ".palette")?;
        keys.type_text("terms")?;
        agent.see(Place::Overlay, ".replies li[aria-selected=true]", "Terms")?;
        keys.press("Alt+e")?;
        agent.find(Place::Overlay, ".form-page textarea").map(drop)
    };
    agent.open_chat("Mei Lin")?;
    open()?;
    agent.see_none(Place::Overlay, ".kept")?;
    keys.press("Control+End")?;
    keys.type_text("y")?;
    keys.press("Escape")?;
    agent.see(Place::Overlay, ".replies .title", "Terms")?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;

    agent.open_chat("李雷")?;
    open()?;
    agent.see(Place::Overlay, ".kept", "Your draft, not saved yet")?;
    ensure!(body()? == format!("{long}y"), "it is {} long", body()?.len());
    agent.click(Place::Overlay, ".kept button")?;
    agent.see_none(Place::Overlay, ".kept")?;
    ensure!(body()? == long, "it is {} long", body()?.len());
    // The focus is in the editor's text.
    keys.press("Control+Home")?;
    keys.type_text("z")?;
    keys.press("Control+Enter")?;
    agent.see(Place::Overlay, ".toast", "saved")?;
    keys.press("Alt+e")?;
    until("what was saved", || Ok((body()? == format!("z{long}")).then_some(())))?;
    agent.see_none(Place::Overlay, ".kept")
}

fn a_message_of_ones_own_becomes_a_reply(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+n")?;
    let body = agent.find(Place::Overlay, ".form-page textarea")?;
    let text = agent.browser.session.run("return arguments[0].value", &[body.reference()])?;
    ensure!(text == "Hello, how can we help?", "{text}");
    keys.press("Control+Enter")?;
    agent.see(Place::Overlay, ".toast", "added")?;
    agent.see(Place::Overlay, ".replies .title", "Hello, how can we help?")?;
    agent.click(Place::Overlay, ".toast button")?;
    until("it is gone", || {
        let titles = agent.texts(Place::Overlay, ".replies .title")?;
        Ok((!titles.iter().any(|title| title.starts_with("Hello, how"))).then_some(()))
    })
}

fn what_a_customer_wrote_becomes_no_reply(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    let select = "const texts = [...document.querySelectorAll('div#main [data-pre-plain-text] span[dir]')]; \
        const leaf = (text) => { const node = texts.find((it) => it.textContent.includes(text)); \
            return document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode(); }; \
        const [own, other] = [leaf('how can we help'), leaf('where is my parcel')]; \
        const ends = { both: [own, 2, other, 3], other: [other, 0, other, 5], caret: [other, 4, other, 4], part: [own, 0, own, 5] }; \
        getSelection().setBaseAndExtent(...ends[arguments[0]])";
    let all = "Hello, how can we help?";
    for (which, text) in [("both", all), ("other", all), ("caret", all), ("part", "Hello")] {
        keys.run(select, &[json!(which)])?;
        keys.press("Alt+n")?;
        agent
            .see_all(Place::Overlay, ".form-page textarea", &[text])
            .with_context(|| format!("selected: {which}"))?;
        keys.press("Escape")?;
        keys.press("Escape")?;
        agent.see_none(Place::Overlay, ".palette")?;
    }
    Ok(())
}

fn replies_of_a_tag_are_offered_in_its_chats_only(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let tags = agent.texts(Place::Overlay, ".tag-row .name")?;
    let tag = tags.first().context("the team has tags")?;
    with_replies(&agent, json!([{ "title": "Zebra", "shortcut": "z", "body": "only here", "tags": [tag] }]))?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    let worn =
        agent.texts(Place::Overlay, ".pill[aria-pressed='true']")?.iter().any(|it| it.contains(tag.as_str()));
    let offered = |is: bool| -> Result<()> {
        keys.press("Alt+q")?;
        agent.find(Place::Overlay, ".palette")?;
        keys.type_text("zebra")?;
        if is {
            agent.see(Place::Overlay, ".replies .title", "Zebra")?;
        } else {
            agent.see(Place::Overlay, ".palette .empty", "Nothing matches")?;
        }
        keys.press("Escape")?;
        agent.see_none(Place::Overlay, ".palette")
    };
    offered(worn)?;
    agent.click(Place::Overlay, ".pill")?;
    agent.find(Place::Overlay, &format!(".pill[aria-pressed='{}']", !worn))?;
    offered(!worn)
}

fn files_of_a_reply_are_shown_by_whatsapp_and_not_sent(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let session = &agent.browser.session;
    agent.open_desk("replies")?;
    agent.click(Place::Page, "#desk .reply-row")?;
    agent.find(Place::Page, "#desk .editor .drop")?;
    // The larger file is transferred in several parts.
    for (name, size) in [("size-chart.pdf", 600_000), ("label.png", 1_000)] {
        let file = folder.path().join(name);
        fs::write(&file, vec![7; size])?;
        let field = until("the file field", || session.find("#desk .editor input[type=file]"))?;
        session.choose_file(&field, &file)?;
        agent.see(Place::Page, "#desk .attached li", name)?;
    }
    let attached = |names: &[&str]| agent.see_all(Place::Page, "#desk .attached bdi", names);
    press(&agent, "#desk .attached li .icon-button")?;
    attached(&["label.png"])?;
    agent.see(Place::Page, "#desk .toast", "“size-chart.pdf” removed")?;
    agent.click(Place::Page, "#desk .toast button")?;
    attached(&["size-chart.pdf", "label.png"])?;
    agent.close_desk()?;
    agent.open_chat("Mei Lin")?;
    session.press("Alt+q")?;
    agent.see(Place::Overlay, ".replies li .marks", "2 files")?;
    session.press("Enter")?;
    let shown =
        "return [...document.querySelectorAll('[data-testid=media-editor] li')].map((it) => it.textContent)";
    until("WhatsApp shows the files", || {
        Ok((session.run(shown, &[])? == json!(["size-chart.pdf", "label.png"])).then_some(()))
    })?;
    ensure!(practice.account().sent("Mei Lin") == ["Hello, how can we help?"], "something was sent");
    // A file that is detached at the desk is detached on the page as well.
    agent.open_desk("replies")?;
    agent.click(Place::Page, "#desk .reply-row")?;
    press(&agent, "#desk .attached li .icon-button")?;
    agent.see_all(Place::Page, "#desk .attached bdi", &["label.png"])?;
    agent.close_desk()?;
    session.press("Alt+q")?;
    agent.see(Place::Overlay, ".replies li .marks", "1 file")
}

fn other_keys_open_the_palette_once_they_are_chosen(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_desk("sync")?;
    press(&agent, "#desk .chord")?;
    until("the button has the focus", || {
        let focused = keys.run("return document.activeElement?.matches('#desk .chord')", &[])?;
        Ok((focused == true).then_some(()))
    })?;
    keys.press("Control+j")?;
    agent.see(Place::Page, "#desk .chord", "Ctrl+J")?;
    // A key of WhatsApp's or the browser's is named, and a key of another action is swapped.
    agent.see(Place::Page, "#desk .choose small", "Your browser uses this key too")?;
    let choose = "const it = document.querySelector('#desk .choose select'); it.value = ','; \
        it.dispatchEvent(new Event('change', { bubbles: true }))";
    keys.run(choose, &[])?;
    agent.see(Place::Page, "#desk .choose select", ",")?;
    agent.close_desk()?;
    agent.open_chat("Mei Lin")?;
    until("the page knows the keys", || {
        keys.press("Control+j")?;
        Ok((!agent.texts(Place::Overlay, ".palette")?.is_empty()).then_some(()))
    })?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    keys.type_text("a ;;")?;
    keys.press("Control+j")?;
    agent.see(Place::Overlay, ".replies .shortcut", ",,ret")?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    keys.type_text(" ,,")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("thx ")?;
    agent.see_draft("a ;; Thank you, and have a good day!")
}
