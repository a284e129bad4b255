//! `cargo xtask demo`: starts a practice WhatsApp and two linked browsers, and plays a work shift.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use baton_tests::harness::{
    Agent, Browser, BrowserAccount, Kind, Launch, Place, package, practice_page, until,
};
use baton_tests::whatsapp::Practice;

use crate::dist;
use crate::looks::looks;
use crate::setup;
use crate::sh::root;

/// The composer of the open chat.
const COMPOSER: &str = "div#main footer [contenteditable=true]";
/// How many chats the account has.
const CHATS: usize = 300;

/// Customers, and the messages that they send while people play.
const CUSTOMERS: [(&str, &str); 6] = [
    ("Priya Raman", "and how much is shipping to Chennai?"),
    ("Tomás Rivera", "¿Y en azul?"),
    ("Sofie Berg", "The invoice should go to our office, please 🙏"),
    ("李雷", "好的，谢谢！"),
    ("Zoë", "never mind, found it"),
    ("Mei Lin", "any news?"),
];

/// Builds everything and starts the demo. Without a display, a scripted shift is played.
pub fn demo(headless: bool) -> Result<()> {
    dist::build()?;
    setup::practice_page()?;
    setup::browsers()?;
    if headless || !has_display() { shift() } else { play() }
}

/// Opens the real WhatsApp Web with Baton, in a fresh profile.
pub fn live() -> Result<()> {
    ensure!(has_display(), "there is no display: WhatsApp Web needs a window and somebody's phone");
    dist::build()?;
    setup::browsers()?;
    let launch =
        Launch { proxy: None, package: Some(package()), language: "en", size: (1360, 900), headless: false };
    let browser = Browser::start(Kind::Chromium, &launch)?;
    browser.session.go("https://web.whatsapp.com/")?;
    eprintln!("── WhatsApp Web is open with Baton. Close the window to end; the profile is removed then.");
    while browser.session.windows().is_ok_and(|windows| !windows.is_empty()) {
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

fn has_display() -> bool {
    cfg!(any(target_os = "macos", windows))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()))
}

/// Leaves both browsers open for a person.
fn play() -> Result<()> {
    let practice = Practice::start(&practice_page(), CHATS)?;
    let agents = start(&practice, false)?;
    let mut account = BrowserAccount::default();
    acquaint(&agents, &mut account)?;
    for agent in &agents {
        agent.step_back()?;
    }
    eprintln!("── Ana is in Chromium, Ben in Firefox, and customers write. Close a browser to end.");
    for n in 0.. {
        if n % 12 == 11 {
            let (title, text) = CUSTOMERS[(n / 12) % CUSTOMERS.len()];
            practice.account().customer_writes(title, text);
        }
        for (profile, agent) in agents.iter().enumerate() {
            if account.sync(profile, agent).is_err() {
                return Ok(()); // The browser was closed.
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// Starts Chromium for Ana and Firefox for Ben.
fn start(practice: &Practice, headless: bool) -> Result<[Agent; 2]> {
    let launch = Launch {
        proxy: Some(practice.proxy()),
        package: Some(package()),
        language: "en",
        size: (1360, 860),
        headless,
    };
    let ana = Agent::launch(Kind::Chromium, &launch, "")?;
    let ben = Agent::launch(Kind::Firefox, &launch, "")?;
    Ok([ana, ben])
}

/// Sets up both agents: each enters a name, Ana imports the team's tags and replies, and the account's sync carries
/// them to Ben.
fn acquaint(agents: &[Agent; 2], account: &mut BrowserAccount) -> Result<()> {
    let [ana, ben] = agents;
    for (agent, name) in [(ana, "Ana Souza"), (ben, "Ben Okafor")] {
        agent.see(Place::Overlay, ".notice", "Enter your name")?;
        agent.answers()?;
        agent.introduce(name)?;
    }
    ana.import(&root().join("tests/team.json"))?;
    account.settle(agents, "Ben has the team's tags", |[_, ben]| {
        Ok(ben.texts(Place::Overlay, ".fold .count")? == ["3"])
    })?;
    ana.open_chat("Zoë")?;
    ana.browser.session.press("Alt+o")?;
    account.settle(agents, "Ana knows Ben", |[ana, _]| {
        Ok(ana.texts(Place::Overlay, ".form .person")?.concat().contains("Ben Okafor"))
    })?;
    ana.browser.session.press("Escape")
}

/// The steps so far, for the report.
struct Shift {
    folder: std::path::PathBuf,
    done: Vec<(&'static str, Duration)>,
}

impl Shift {
    /// Runs a step and then saves a picture of each agent's window.
    fn step(
        &mut self,
        what: &'static str,
        agents: &[Agent; 2],
        play: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let start = Instant::now();
        play().with_context(|| format!("this did not happen: {what}"))?;
        self.done.push((what, start.elapsed()));
        for (agent, name) in agents.iter().zip(["ana", "ben"]) {
            agent.picture(&self.folder.join(format!("{:02}-{name}.png", self.done.len())))?;
        }
        eprintln!("   ✓ {what}");
        Ok(())
    }
}

/// Plays a shift and writes the report.
fn shift() -> Result<()> {
    let folder = root().join("target/demo");
    let _ = std::fs::remove_dir_all(&folder);
    let practice = Practice::start(&practice_page(), CHATS)?;
    eprintln!("── A shift: Ana in Chromium, Ben in Firefox");
    let agents = start(&practice, true)?;
    let mut shift = Shift { folder: folder.clone(), done: Vec::new() };
    let played = play_shift(&mut shift, &practice, &agents);
    report(&shift, &folder);
    played?;
    eprintln!("── Pictures of every surface, to look at");
    looks(&practice, &folder)?;
    ensure!(practice.account().sent("Mei Lin").len() == 1, "somebody sent a message that no person sent");
    let refused = practice.refused_hosts();
    if refused.iter().any(|host| host.contains("whatsapp")) {
        bail!("the page asked for hosts it should not need: {refused:?}");
    }
    Ok(())
}

fn play_shift(shift: &mut Shift, practice: &Practice, agents: &[Agent; 2]) -> Result<()> {
    let [ana, ben] = agents;
    let mut account = BrowserAccount::default();
    shift.step("Both say who they are; Ana brings tags and replies, and Ben has them", agents, || {
        acquaint(agents, &mut account)
    })?;
    shift.step("Ana tags Mei Lin's chat", agents, || {
        ana.open_chat("Mei Lin")?;
        ana.see(Place::Overlay, ".chat h2", "Mei Lin")?;
        ana.click(Place::Overlay, ".pill:nth-child(2)")?;
        ana.click(Place::Overlay, ".pill:nth-child(3)")?;
        ana.see_chips("Mei Lin", &["Returns", "Urgent"])
    })?;
    shift.step("Ana claims Jonas Weber's chat", agents, || {
        ana.open_chat("Jonas Weber")?;
        ana.browser.session.press("Alt+c")?;
        ana.see_chips("Jonas Weber", &["AS"])
    })?;
    shift.step("Ben sees both without a reload", agents, || {
        account.settle(agents, "Ben sees both", |[_, ben]| {
            Ok(ben.chips("Mei Lin")? == ["Returns", "Urgent"] && ben.chips("Jonas Weber")? == ["AS"])
        })
    })?;
    shift.step("Ana finds a reply for Mei Lin", agents, || {
        ana.open_chat("Mei Lin")?;
        ana.browser.session.press("Alt+q")?;
        ana.find(Place::Overlay, ".palette")?;
        ana.browser.session.type_text("ret")?;
        ana.see(Place::Overlay, ".replies .title", "Returns policy")
    })?;
    shift.step("Ana inserts it; nothing is sent", agents, || {
        ana.browser.session.press("Enter")?;
        ana.see_draft("You can return anything within 30 days 😊\n\nPrint the label, Mei Lin.\n— Ana Souza")
    })?;
    shift.step("Ben inserts one for a new message while typing", agents, || {
        practice.account().customer_writes("李雷", "在吗？");
        ben.open_chat("李雷")?;
        ben.browser.session.type_text(";;")?;
        ben.find(Place::Overlay, ".palette")?;
        ben.browser.session.type_text("hi\n")?;
        ben.see_draft("你好 李雷！👋")
    })?;
    shift.step("Ben writes in Ana's chat and is asked before anything is sent", agents, || {
        ben.open_chat("Jonas Weber")?;
        ben.see(Place::Overlay, ".banner .text", "Ana Souza has this chat")?;
        ben.click(Place::Page, COMPOSER)?;
        ben.browser.session.type_text("I see your lamp\n")?;
        ben.see(Place::Overlay, ".question", "Ana Souza has this chat")?;
        ben.see_draft("I see your lamp")
    })?;
    shift.step("Ana hands the chat over, and Ben has it", agents, || {
        ben.browser.session.press("Escape")?;
        ana.open_chat("Jonas Weber")?;
        ana.browser.session.press("Alt+o")?;
        ana.find(Place::Overlay, ".form .person")?;
        ana.browser.session.type_text("You know these lamps")?;
        ana.click(Place::Overlay, ".form .person")?;
        account.settle(agents, "Ben has it", |[_, ben]| Ok(ben.chips("Jonas Weber")? == ["BO"]))?;
        until("Ben is not asked any more", || {
            Ok(ben.texts(Place::Overlay, ".banner")?.is_empty().then_some(()))
        })
    })
}

fn report(shift: &Shift, folder: &Path) {
    eprintln!("\n   {} steps happened:", shift.done.len());
    for (n, (what, took)) in (1..).zip(&shift.done) {
        eprintln!("   {n:>2}  {what} ({:.1} s)", took.as_secs_f64());
    }
    let shown = folder.strip_prefix(root()).unwrap_or(folder);
    eprintln!("   Pictures of both windows after each step: {}", shown.display());
}
