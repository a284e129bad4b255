//! Tests of the Sync centre: its state, packets, and backups.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use baton_core::hub::{Hub, Listing};
use baton_core::id::{DeviceId, MemberId, TagId, TeamId};
use baton_core::team::Team;
use baton_core::team::tag::{self, Colour};
use baton_tests::harness::{Agent, Kind, Place, pool, until};
use baton_tests::whatsapp::Practice;
use serde_json::{Value, json};

use super::holder::{ana_and_ben, become_ben};
use super::{CHATS, become_ana, member};

in_both! {
    the_centre_shows_both_browsers_and_what_they_changed_at_once
    a_packet_joins_browsers_without_an_account_between_them
    a_packet_travels_as_pictures
    a_backup_brings_back_what_was_deleted
    the_centre_is_a_table_and_has_no_nameless_button
    chats_that_rest_are_archived_to_make_room_and_shared_again
    what_everybody_knows_is_gone_is_tidied_away
    a_browser_that_rests_is_retired_and_its_facts_stay
    a_packet_travels_over_the_clipboard
    what_a_later_baton_shared_from_here_is_left_alone_and_told
    a_change_of_sync_wakes_a_hub_that_has_no_page
}

/// A script that keeps the file that the desk offers for download. WebDriver can't read downloads in the same way in
/// both browsers.
const KEEP: &str = "const make = URL.createObjectURL.bind(URL); \
    URL.createObjectURL = (blob) => { window.handedOut = blob; return make(blob); }; \
    HTMLAnchorElement.prototype.click = () => {};";

/// Clicks on a button of the desk, and returns the text of the file that it downloads.
fn saved(agent: &Agent, button: &str) -> Result<String> {
    let session = &agent.browser.session;
    session.run(KEEP, &[])?;
    press(agent, button)?;
    until("a file is handed out", || {
        let text = session.run_async(
            "const done = arguments[0]; window.handedOut ? window.handedOut.text().then(done) : done(null);",
            &[],
        )?;
        Ok(text.as_str().map(str::to_owned))
    })
}

/// Clicks on a button that may be outside the window.
pub fn press(agent: &Agent, button: &str) -> Result<()> {
    let node = agent.find(Place::Page, button)?;
    agent.browser.session.run("arguments[0].scrollIntoView({ block: 'center' })", &[node.reference()])?;
    agent.click(Place::Page, button)
}

/// Chooses files in a file field of the desk.
fn choose(agent: &Agent, field: &str, files: &[PathBuf]) -> Result<()> {
    agent.find(Place::Page, field)?;
    let input = until("the file field", || agent.browser.session.find(&format!("{field} input[type=file]")))?;
    // WebDriver expects several paths on separate lines.
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    agent.browser.session.choose_file(&input, Path::new(&paths.join("\n")))
}

/// Imports a packet as a file.
fn take_in(agent: &Agent, folder: &Path, packet: &str) -> Result<()> {
    let file = folder.join("packet.txt");
    std::fs::write(&file, packet).context("writing a file")?;
    agent.open_desk("sync")?;
    choose(agent, "#desk .packet .drop", &[file])?;
    agent.see(Place::Page, "#desk .packet .told", "Imported")
}

fn packet_of(agent: &Agent) -> Result<String> {
    agent.open_desk("sync")?;
    let packet = saved(agent, "#desk .packet .row button:nth-child(1)")?;
    agent.close_desk()?;
    Ok(packet)
}

/// Renames the first tag at the desk.
fn rename_first_tag(agent: &Agent, name: &str) -> Result<()> {
    agent.open_desk("tags")?;
    agent.click(Place::Page, "#desk .tag-line .field")?;
    agent.browser.session.press("Control+a")?;
    agent.browser.session.type_text(name)?;
    agent.browser.session.press("Tab")?;
    agent.close_desk()
}

/// Ana and Ben with one WhatsApp account and two browser accounts.
fn apart(ana: Kind, ben: Kind) -> Result<(Practice, Agent, Agent)> {
    let practice = pool::practice(CHATS)?;
    let ana = Agent::start_after(ana, &practice, "Ana", become_ana)?;
    let ben = Agent::start_after(ben, &practice, "Ben", become_ben)?;
    Ok((practice, ana, ben))
}

fn other(kind: Kind) -> Kind {
    if kind == Kind::Chromium { Kind::Firefox } else { Kind::Chromium }
}

fn the_centre_shows_both_browsers_and_what_they_changed_at_once(kind: Kind) -> Result<()> {
    let (_practice, agents, mut account) = ana_and_ben(kind, other(kind))?;
    let [ana, ben] = &agents;
    ana.open_desk("sync")?;
    ana.see(Place::Page, "#desk .devices tbody tr:nth-child(1)", "this browser")?;
    account.settle(&agents, "both browsers say what they are", |[ana, _]| {
        let rows = ana.texts(Place::Page, "#desk .devices tbody tr")?;
        let all = rows.concat();
        Ok(rows.len() == 2 && all.contains("Chrome") && all.contains("Firefox") && !all.contains("· 0 bytes"))
    })?;
    ana.see(Place::Page, "#desk .facts", "This browser's part")?;
    ana.see(Place::Page, "#desk .conflicts", "None in the last day")?;
    ensure!(ana.texts(Place::Page, "#desk .devices button")?.is_empty(), "nobody rests for a week");
    ana.close_desk()?;
    // Neither browser has received the other's name for the tag.
    rename_first_tag(ana, "Orders")?;
    rename_first_tag(ben, "Parcels")?;
    ana.open_desk("sync")?;
    ben.open_desk("sync")?;
    // The conflict is shown in the browser that noticed it: the one that received the other's name while its own was
    // not published yet.
    let told = |agents: &[Agent; 2]| -> Result<Vec<String>> {
        let told = agents.iter().map(|it| it.texts(Place::Page, "#desk .conflicts li"));
        Ok(told.collect::<Result<Vec<_>>>()?.concat())
    };
    account.settle(&agents, "the conflict is told", |agents| Ok(!told(agents)?.is_empty()))?;
    let told = told(&agents)?.concat();
    ensure!(told.contains("Tag name") && told.contains("Orders") && told.contains("Parcels"), "{told}");
    Ok(())
}

fn a_packet_joins_browsers_without_an_account_between_them(kind: Kind) -> Result<()> {
    let (_practice, ana, ben) = apart(kind, other(kind))?;
    let folder = tempfile::tempdir()?;
    let packet = packet_of(&ana)?;
    take_in(&ben, folder.path(), &packet)?;
    ben.see(Place::Page, "#desk .packet .told", "new facts")?;
    ben.close_desk()?;
    ben.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?;
    // A second import of the packet changes nothing.
    take_in(&ben, folder.path(), &packet)?;
    ben.see(Place::Page, "#desk .packet .told", "nothing new")?;
    ben.close_desk()?;
    // Ben's packet is pasted at Ana's desk.
    rename_first_tag(&ben, "Parcels")?;
    let packet = packet_of(&ben)?;
    ana.open_desk("sync")?;
    let field = ana.find(Place::Page, "#desk .paste")?;
    let paste = "const [field, text] = arguments; const data = new DataTransfer(); data.setData('text/plain', text); \
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
        if (field.dispatchEvent(event)) { field.value = text; field.dispatchEvent(new InputEvent('input')); }";
    ana.browser.session.run(paste, &[field.reference(), json!(packet)])?;
    ana.see(Place::Page, "#desk .packet .told", "Imported")?;
    ana.close_desk()?;
    ana.see_all(Place::Overlay, ".tag-row .name", &["Parcels", "Returns", "Urgent"])?;
    ben.see_all(Place::Overlay, ".tag-row .name", &["Parcels", "Returns", "Urgent"])?;
    // A file that is not a packet is refused with the reason, and changes nothing.
    let file = folder.path().join("other.txt");
    std::fs::write(&file, "something else").context("writing a file")?;
    ana.open_desk("sync")?;
    choose(&ana, "#desk .packet .drop", &[file])?;
    ana.see(Place::Page, "#desk .packet .told", "not a data file")
}

/// A script that returns the code on screen as a PNG in base64, with the text of its number.
const PICTURE: &str = "const done = arguments[0]; const svg = document.querySelector('#desk .code'); \
    const size = svg.viewBox.baseVal.width; const canvas = document.createElement('canvas'); \
    canvas.width = canvas.height = size * 4; const context = canvas.getContext('2d'); \
    context.fillStyle = 'white'; context.fillRect(0, 0, size * 4, size * 4); context.scale(4, 4); \
    context.fillStyle = 'black'; context.fill(new Path2D(svg.firstChild.getAttribute('d'))); \
    done([document.querySelector('#desk .codes .level').textContent, canvas.toDataURL('image/png').split(',')[1]]);";

fn a_packet_travels_as_pictures(kind: Kind) -> Result<()> {
    let (_practice, ana, ben) = apart(kind, other(kind))?;
    // The replies need several codes: they are too long even when compressed.
    let folder = tempfile::tempdir()?;
    ana.import(&long_replies(folder.path())?)?;
    ana.open_desk("sync")?;
    press(&ana, "#desk .packet .row button:nth-child(3)")?;
    ana.find(Place::Page, "#desk .code path")?;
    // The codes advance automatically. From here on the test turns them.
    ana.see(Place::Page, "#desk .codes .level", "2 of ")?;
    until("the first code", || {
        press(&ana, "#desk .codes .turn:nth-child(1)")?;
        let now = ana.texts(Place::Page, "#desk .codes .level")?.concat();
        Ok(now.starts_with("1 of ").then_some(()))
    })?;
    let mut pictures: Vec<PathBuf> = Vec::new();
    loop {
        let shown = ana.browser.session.run_async(PICTURE, &[])?;
        let at = shown[0].as_str().unwrap_or_default().to_owned();
        let file = folder.path().join(format!("{}.png", at.replace(' ', "-")));
        if pictures.contains(&file) {
            break;
        }
        std::fs::write(&file, STANDARD.decode(shown[1].as_str().unwrap_or_default())?)?;
        pictures.push(file);
        press(&ana, "#desk .codes .turn:nth-child(3)")?;
        until("the next code", || {
            let now = ana.texts(Place::Page, "#desk .codes .level")?.concat();
            Ok((now != at).then_some(()))
        })?;
    }
    ensure!(pictures.len() > 2, "several codes: {pictures:?}");
    ana.browser.session.press("Escape")?;
    ana.see_none(Place::Page, "#desk .code")?;

    let (last, first) = pictures.split_last().context("pictures")?;
    let mut first = first.to_vec();
    first.reverse();
    let blank = folder.path().join("blank.png");
    std::fs::copy(baton_tests::harness::root().join("extension/icons/icon-128.png"), &blank)?;
    first.push(blank);
    ben.open_desk("sync")?;
    choose(&ben, "#desk .packet .drop", &first)?;
    ben.see(Place::Page, "#desk .packet .row", "Missing")?;
    ben.see(Place::Page, "#desk .packet .told", "no code that can be read")?;
    choose(&ben, "#desk .packet .drop", std::slice::from_ref(last))?;
    ben.see(Place::Page, "#desk .packet .told", "new facts")?;
    ben.close_desk()?;
    ben.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])
}

/// Creates a file in Baton's format, with replies whose texts have nothing in common.
fn long_replies(folder: &Path) -> Result<PathBuf> {
    let mut seed: u32 = 7;
    let mut word = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        format!("{:x}", seed >> 4)
    };
    let reply = |n: usize, body: String| json!({ "id": format!("{n:016x}"), "title": format!("Long {n}"), "body": body });
    let replies: Vec<Value> =
        (100..110).map(|n| reply(n, (0..60).map(|_| word()).collect::<Vec<_>>().join(" "))).collect();
    let file = folder.join("long.json");
    std::fs::write(&file, json!({ "baton": 1, "replies": replies }).to_string())?;
    Ok(file)
}

fn a_backup_brings_back_what_was_deleted(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    // A hub that starts stores the daily copy.
    agent.browser.kill_hub()?;
    agent.reload("")?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?;
    agent.open_desk("sync")?;
    let backup = saved(&agent, "#desk .backup > button")?;
    ensure!(backup.starts_with("{\"baton_backup\":1,"), "{backup}");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.json");
    std::fs::write(&file, &backup)?;
    agent.close_desk()?;

    agent.open_desk("tags")?;
    agent.click(Place::Page, "#desk .tag-line .danger")?;
    agent.close_desk()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Returns", "Urgent"])?;
    rename_first_tag(&agent, "Back")?;

    agent.open_desk("sync")?;
    choose(&agent, "#desk .backup .drop", &[file])?;
    agent.see(Place::Page, "#desk .restore .group:nth-child(2)", "Order")?;
    agent.see(Place::Page, "#desk .restore .group:nth-child(3)", "Returns")?;
    press(&agent, "#desk .restore .primary")?;
    agent.see_none(Place::Page, "#desk .restore")?;
    agent.see(Place::Page, "#desk .toast", "1 thing put back")?;
    // The daily copy has the tag's former name.
    press(&agent, "#desk .backup > .row button")?;
    agent.see(Place::Page, "#desk .restore h4", "Missing here")?;
    agent.see(Place::Page, "#desk .restore .group:nth-child(3)", "Returns")?;
    // A backup of another account is refused with the reason.
    let other = folder.path().join("other.json");
    let team = serde_json::from_str::<Value>(&backup)?["team"].as_str().unwrap_or_default().to_owned();
    std::fs::write(&other, backup.replace(&team, "0101010101010101"))?;
    choose(&agent, "#desk .backup .drop", &[other])?;
    agent.see(Place::Page, "#desk .restore h3", "another WhatsApp account")?;
    agent.close_desk()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Back", "Urgent"])
}

fn the_centre_is_a_table_and_has_no_nameless_button(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_desk("sync")?;
    agent.see(Place::Page, "#desk .devices tbody tr", "this browser")?;
    let session = &agent.browser.session;
    let told = |css: &str| -> Result<(String, String)> {
        let element = agent.find(Place::Page, css)?;
        Ok((session.role(&element)?, session.label(&element)?))
    };
    ensure!(told("#desk .devices table")? == ("table".into(), "Browsers of this team".into()));
    ensure!(told("#desk .devices tbody th")?.0 == "rowheader");
    ensure!(told("#desk .meter")?.0 == "meter");
    let nameless = "return [...document.querySelectorAll('#desk :is(button, input, textarea)')] \
        .filter((it) => it.getClientRects().length) \
        .filter((it) => !(it.getAttribute('aria-label') ?? it.closest('label, button')?.textContent ?? '').trim()) \
        .map((it) => it.outerHTML)";
    let nameless = session.run(nameless, &[])?;
    ensure!(nameless.as_array().is_some_and(Vec::is_empty), "{nameless}");
    // In a narrow window nothing is wider than the window.
    agent.browser.spoil();
    session.resize(360, 800)?;
    until("the narrow desk", || {
        let wide = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
        Ok((session.run(wide, &[])? == Value::Bool(true)).then_some(()))
    })
}

/// The number of items of others in an account that is almost full.
const OTHERS: usize = 12;

/// Fills `storage.sync` except for a tenth, with items of others.
fn leave_little_room(agent: &Agent) -> Result<()> {
    let other = |n: usize| (format!("other-{n}"), json!("x".repeat(if n < 11 { 8_100 } else { 3_000 })));
    let others: serde_json::Map<String, Value> = (0..OTHERS).map(other).collect();
    agent.storage("sync.set(arg)", Value::Object(others))?;
    Ok(())
}

/// Removes the items of [`leave_little_room`].
fn make_room(agent: &Agent) -> Result<()> {
    let others: Vec<String> = (0..OTHERS).map(|n| format!("other-{n}")).collect();
    agent.storage("sync.remove(arg)", json!(others))?;
    Ok(())
}

/// Returns everything that this browser publishes.
fn shared(agent: &Agent) -> Result<String> {
    Ok(agent.storage("sync.get(null)", Value::Null)?.to_string())
}

/// Waits until everything is published.
fn see_it_shared(agent: &Agent) -> Result<()> {
    agent.see(Place::Page, "#desk .facts", "All saved and shared")
}

const ARCHIVE: &str = "#desk .ways li:nth-child(1) button";
const TIDY: &str = "#desk .ways li:nth-child(2) button";

fn chats_that_rest_are_archived_to_make_room_and_shared_again(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    for chat in ["Mei Lin", "Tomás Rivera", "Jonas Weber"] {
        agent.open_chat(chat)?;
        agent.see(Place::Overlay, ".chat h2", chat)?;
        agent.click(Place::Overlay, ".pill:nth-child(2)")?;
        agent.see_chips(chat, &["Returns"])?;
    }
    // A chat with a holder is not archived.
    agent.browser.session.press("Alt+c")?;
    agent.see_chips("Jonas Weber", &["Returns", "AS"])?;
    agent.open_desk("sync")?;
    see_it_shared(&agent)?;
    agent.see_none(Place::Page, ARCHIVE)?;
    leave_little_room(&agent)?;
    agent.see(Place::Page, "#desk .alert h2", "almost full")?;
    // No chat has been idle for a month.
    press(&agent, ARCHIVE)?;
    agent.see(Place::Page, "#desk .toast", "Nothing was archived")?;
    agent.click(Place::Page, "#desk .ways input")?;
    agent.browser.session.press("Control+a")?;
    agent.browser.session.type_text("0")?;
    press(&agent, ARCHIVE)?;
    agent.see(Place::Page, "#desk .toast", "2 chats archived")?;
    agent.see(Place::Page, "#desk .facts ~ .row", "2 chats are archived in this browser")?;
    see_it_shared(&agent)?;
    agent.see(Place::Page, "#desk .alert h2", "almost full")?;
    agent.close_desk()?;
    agent.see_chips("Mei Lin", &[])?;
    agent.see_chips("Tomás Rivera", &[])?;
    agent.see_chips("Jonas Weber", &["Returns", "AS"])?;

    // A restarted hub still has the archived chats.
    agent.browser.kill_hub()?;
    agent.open_desk("sync")?;
    agent.see(Place::Page, "#desk .facts ~ .row", "2 chats are archived in this browser")?;
    make_room(&agent)?;
    press(&agent, "#desk .facts ~ .row button")?;
    agent.see_none(Place::Page, "#desk .facts ~ .row")?;
    see_it_shared(&agent)?;
    agent.close_desk()?;
    agent.see_chips("Mei Lin", &["Returns"])?;
    agent.see_chips("Tomás Rivera", &["Returns"])
}

fn what_everybody_knows_is_gone_is_tidied_away(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    for chips in [&["Returns"][..], &[]] {
        agent.click(Place::Overlay, ".pill:nth-child(2)")?;
        agent.see_chips("Mei Lin", chips)?;
    }
    agent.open_desk("sync")?;
    see_it_shared(&agent)?;
    leave_little_room(&agent)?;
    agent.see(Place::Page, "#desk .ways", "every colleague already knows of")?;
    let before = shared(&agent)?;
    press(&agent, TIDY)?;
    agent.see_none(Place::Page, TIDY)?;
    see_it_shared(&agent)?;
    until("less is shared", || Ok((shared(&agent)?.len() < before.len()).then_some(())))?;
    agent.close_desk()?;
    agent.see_chips("Mei Lin", &[])
}

/// Returns a shard that a colleague's browser published two weeks ago. A browser can't be made to wait that long, so
/// the hub runs in the test.
fn of_two_weeks_ago(agent: &Agent) -> Result<(String, Value)> {
    let team = until("something is shared", || {
        let items = agent.storage("sync.get(null)", Value::Null)?;
        let name = items.as_object().and_then(|it| it.keys().find(|name| name.starts_with("b2."))).cloned();
        Ok(name)
    })?;
    let team = URL_SAFE_NO_PAD.decode(team.split('.').nth(1).unwrap_or_default())?;
    let team = TeamId(team.try_into().map_err(|_| anyhow::anyhow!("eight bytes"))?);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis() as u64;
    let then = now - 14 * 24 * 60 * 60 * 1_000;
    let mut hub = Hub::new(team, DeviceId([9; 8]), MemberId([9; 8]));
    let nobody = Team::default();
    let mut said = baton_core::team::member::change(&nobody, hub.member(), "Ivy Chen", "IC", Colour::Teal);
    said.extend(tag::create(&nobody, TagId([9; 8]), "From the old laptop", Colour::Teal).expect("the first"));
    said.extend(hub.introduction());
    hub.accept("tab", 1, said, then).expect("few tags");
    let plan = hub.plan(&Listing::default(), then).context("something waits")?;
    let prefix = baton_core::replica::shard::prefix(team, hub.device());
    let items: serde_json::Map<String, Value> = plan.set.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
    Ok((prefix, Value::Object(items)))
}

fn a_browser_that_rests_is_retired_and_its_facts_stay(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let (prefix, items) = of_two_weeks_ago(&agent)?;
    agent.storage("sync.set(arg)", items)?;
    agent.open_desk("sync")?;
    let line = "#desk .devices tbody tr:nth-child(2)";
    agent.see(Place::Page, line, "Ivy Chen")?;
    press(&agent, &format!("{line} button"))?;
    agent.see(Place::Page, "#desk .question h3", "Disconnect Ivy Chen?")?;
    // Escape closes the question, and the focus returns to the button.
    agent.browser.session.press("Escape")?;
    agent.see_none(Place::Page, "#desk .question")?;
    let focused =
        agent.browser.session.run("return document.activeElement.getAttribute('aria-label')", &[])?;
    ensure!(focused == json!("Disconnect Ivy Chen"), "{focused}");
    press(&agent, &format!("{line} button"))?;
    press(&agent, "#desk .question .danger-solid")?;
    agent.see(Place::Page, line, "Disconnected.")?;
    agent.see_none(Place::Page, &format!("{line} button"))?;
    see_it_shared(&agent)?;
    // The items of the retired device are removed, and its registers stay.
    until("its items are gone", || Ok((!shared(&agent)?.contains(&prefix)).then_some(())))?;
    agent.close_desk()?;
    agent.browser.kill_hub()?;
    agent.reload("")?;
    agent.see(Place::Overlay, ".tags", "From the old laptop")?;
    agent.open_desk("sync")?;
    agent.see(Place::Page, line, "Disconnected.")
}

fn a_packet_travels_over_the_clipboard(kind: Kind) -> Result<()> {
    let (_practice, ana, ben) = apart(kind, other(kind))?;
    ana.open_desk("sync")?;
    press(&ana, "#desk .packet .row button:nth-child(2)")?;
    ana.see(Place::Page, "#desk .toast", "on the clipboard")?;
    // The two browsers have no common clipboard, so the test pastes the packet in the first browser and passes it on.
    let keep = "document.addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text/plain'); }, true)";
    ana.browser.session.run(keep, &[])?;
    press(&ana, "#desk .paste")?;
    ana.browser.session.press("Control+v")?;
    ana.see(Place::Page, "#desk .packet .told", "nothing new")?;
    let packet = ana.browser.session.run("return window.pasted", &[])?;
    let folder = tempfile::tempdir()?;
    take_in(&ben, folder.path(), packet.as_str().context("a text")?)?;
    ben.see(Place::Page, "#desk .packet .told", "new facts")?;
    ben.close_desk()?;
    ben.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])
}

fn what_a_later_baton_shared_from_here_is_left_alone_and_told(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_desk("sync")?;
    see_it_shared(&agent)?;
    let items = agent.storage("sync.get(null)", Value::Null)?;
    let items = items.as_object().context("items")?;
    let manifest =
        items.keys().find(|name| name.starts_with("b2.") && name.ends_with(".0")).context("one")?;
    let later = &baton_core::replica::shard::with_checksum("99 what it may be");
    agent.storage("sync.set(arg)", json!({ manifest: later }))?;
    agent.see(Place::Page, "#desk .notice", "A newer Baton shared from this browser")?;
    agent.see(Place::Page, "#desk .devices tbody tr:nth-child(1)", "update Baton")?;
    agent.close_desk()?;
    rename_first_tag(&agent, "Orders")?;
    agent.open_desk("sync")?;
    press(&agent, "#desk .facts + button")?;
    agent.see(Place::Page, "#desk .facts", "waits to be published")?;
    ensure!(
        agent.storage("sync.get(arg)", json!(manifest))?[manifest] == json!(later),
        "it was written over"
    );
    // After the manifest is restored, the waiting edits are published.
    agent.storage("sync.set(arg)", json!({ manifest: items[manifest] }))?;
    see_it_shared(&agent)?;
    agent.see_none(Place::Page, "#desk .notice")
}

fn a_change_of_sync_wakes_a_hub_that_has_no_page(kind: Kind) -> Result<()> {
    let (_practice, agents, mut account) = ana_and_ben(kind, other(kind))?;
    let [ana, ben] = &agents;
    ben.browser.session.go("about:blank")?;
    ben.browser.kill_hub()?;
    // The hub changes this key when it has adopted something.
    let revision = |ben: &Agent| ben.storage("local.get('baton.rev')", Value::Null);
    let before = revision(ben)?;
    rename_first_tag(ana, "Orders")?;
    account.settle(&agents, "Ben's hub has adopted the name", |[_, ben]| Ok(revision(ben)? != before))
}
