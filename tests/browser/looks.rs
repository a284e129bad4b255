//! Tests of languages, themes, writing directions, and accessibility.

use anyhow::{Result, ensure};
use baton_tests::harness::runner::Test;
use baton_tests::harness::{Agent, Kind, Launch, Place, package, pool, until};

use super::{CHATS, member, newcomer};

in_both! {
    dark_and_right_to_left_follow_whatsapp
    everything_has_a_role_and_a_name
    everything_is_reached_by_keyboard
    what_is_drawn_is_what_is_pressed
}

/// Chromium only: Debian's Firefox would need a language pack.
pub(super) fn in_chinese() -> Test {
    Test::new(module_path!(), "chinese_is_chinese", Kind::Chromium, chinese_is_chinese)
}

fn chinese_is_chinese(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let launch = Launch { language: "zh-CN", ..Launch::behind(practice.proxy(), Some(package())) };
    let agent = Agent::launch(kind, &launch, "?lang=zh-CN")?;
    agent.see(Place::Overlay, ".sidebar", "标签")?;
    agent.open_chat("李雷")?;
    agent.see(Place::Overlay, ".chat .primary", "接手")
}

fn dark_and_right_to_left_follow_whatsapp(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    agent.reload("?dark=1&dir=rtl&lang=ar")?;
    agent.see(Place::Overlay, ".sidebar", "Tags")?;
    until("the dark theme", || agent.browser.session.find("[data-baton=overlay][data-theme=dark]"))?;
    let sidebar = agent.find(Place::Overlay, ".sidebar")?;
    let left = agent
        .browser
        .session
        .run("return arguments[0].getBoundingClientRect().left", &[sidebar.reference()])?;
    ensure!(left.as_f64() == Some(0.0), "the sidebar is at the inline end, which is the left");
    Ok(())
}

fn everything_has_a_role_and_a_name(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    let told = |css: &str| -> Result<(String, String)> {
        let element = agent.find(Place::Overlay, css)?;
        Ok((agent.browser.session.role(&element)?, agent.browser.session.label(&element)?))
    };
    let is = |css: &str, role: &str, label: &str| -> Result<()> {
        let it = told(css)?;
        ensure!(it.0 == role && it.1.contains(label), "{css} is {it:?}, not a {role} called {label}");
        Ok(())
    };
    is(".sidebar", "complementary", "Baton")?;
    is(".meter", "meter", "Tags used")?;
    is(".pill", "button", "Order")?;
    is(".tag-row .edit", "button", "Edit tag Order")?;
    is(".chat .primary", "button", "Claim")?;
    agent.browser.session.press("Alt+q")?;
    is(".palette .query", "combobox", "Find a quick reply")?;
    is(".replies", "listbox", "Find a quick reply")?;
    is(".replies li", "option", "Returns policy")?;
    agent.browser.session.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    // Every button and input has an accessible name.
    let script = "return [...arguments[0].querySelectorAll('button, input')].filter((it) => it.getClientRects().length) \
        .filter((it) => !(it.getAttribute('aria-label') ?? it.textContent).trim()).map((it) => it.outerHTML)";
    let nameless = agent.in_overlay(script)?;
    ensure!(nameless.as_array().is_some_and(Vec::is_empty), "{nameless}");
    Ok(())
}

fn everything_is_reached_by_keyboard(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    reached(&agent)
}

/// Returns the controls under whose centre something else is drawn, by their names. Controls that are scrolled out of
/// view are scrolled into it first.
pub(crate) fn covered(agent: &Agent) -> Result<serde_json::Value> {
    agent.in_overlay(
        "const root = arguments[0]; const controls = root.querySelectorAll('button, input, textarea, a'); \
         const shown = (it) => it.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && it.getClientRects().length; \
         return [...controls].filter(shown).filter((it) => { \
           it.scrollIntoView({ block: 'nearest' }); \
           const box = it.getBoundingClientRect(); \
           const under = root.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2); \
           return !(it === under || it.contains(under) || it.closest('label')?.contains(under)); \
         }).map((it) => it.outerHTML.slice(0, 160));",
    )
}

/// A press at the centre of a control presses the control that is drawn there, also after the sidebar was scrolled.
fn what_is_drawn_is_what_is_pressed(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    let check = |surface: &str| {
        let covered = covered(&agent)?;
        ensure!(covered.as_array().is_some_and(Vec::is_empty), "{surface}: {covered:#}");
        anyhow::Ok(())
    };
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Overlay, ".add")?;
    for n in 4..=20 {
        keys.type_text(&format!("tag {n}\n"))?;
    }
    agent.see_all(Place::Overlay, ".meter", &["20/20"])?;
    keys.press("Escape")?;
    check("twenty tags")?;
    agent.click(Place::Overlay, ".tag-row:nth-child(20) .tag-name")?;
    agent.see(Place::Overlay, ".narrowed h2", "tag 20")?;
    agent.click(Place::Overlay, ".narrowed .head button")?;
    for (key, surface) in [("Alt+l", ".menu"), ("Alt+o", ".form"), ("Alt+q", ".palette"), ("Alt+m", ".rail")]
    {
        keys.press(key)?;
        agent.find(Place::Overlay, surface)?;
        agent.drawn()?;
        check(surface)?;
        if surface != ".rail" {
            keys.press("Escape")?;
            agent.see_none(Place::Overlay, surface)?;
        }
    }
    Ok(())
}

/// Presses Tab from the first button of the sidebar on, and checks that the focus reaches all Tab stops, with a ring, and
/// that the arrow keys reach the other controls of each group.
fn reached(agent: &Agent) -> Result<()> {
    let keys = &agent.browser.session;
    let name = "const name = (it) => it.ariaLabel ?? (it.textContent || it.placeholder);";
    let shown = "[...arguments[0].querySelectorAll('.sidebar :is(button, input)')].filter((it) => it.getClientRects().length)";
    let all =
        agent.in_overlay(&format!("{name} return {shown}.filter((it) => it.tabIndex >= 0).map(name)"))?;
    let focused =
        || agent.in_overlay(&format!("{name} const it = arguments[0].activeElement; return it && name(it)"));
    agent.in_overlay("arguments[0].querySelector('.tabs button').focus()")?;
    let mut visited = Vec::new();
    loop {
        let at = focused()?;
        if !at.is_string() || visited.contains(&at) {
            break;
        }
        let ring = agent.in_overlay("return getComputedStyle(arguments[0].activeElement).outlineStyle")?;
        ensure!(visited.is_empty() || ring != "none", "no ring on {at}");
        visited.push(at);
        keys.press("Tab")?;
    }
    let missed: Vec<_> = all.as_array().into_iter().flatten().filter(|it| !visited.contains(it)).collect();
    ensure!(missed.is_empty(), "Tab does not reach {missed:?}, but {visited:?}");
    for group in ["arguments[0].querySelector('.tags')", "arguments[0].querySelector('.chat .chips')"] {
        let controls = agent.in_overlay(&format!("return {group}.querySelectorAll('button').length"))?;
        agent.in_overlay(&format!("{group}.querySelector('button').focus()"))?;
        for _ in 1..controls.as_u64().unwrap_or_default() {
            keys.press("ArrowRight")?;
        }
        let last = agent.in_overlay(&format!(
            "return arguments[0].activeElement === [...{group}.querySelectorAll('button')].at(-1)"
        ))?;
        ensure!(last == true, "arrows reach the end of {group}");
    }
    Ok(())
}
