//! Saves pictures of every surface for review: in both themes, in Chinese, right to left, and in a narrow window.

use std::path::Path;

use anyhow::Result;
use baton_tests::harness::{Agent, Kind, Launch, Place, package};
use baton_tests::whatsapp::Practice;

use crate::sh::root;

/// A variant: its name, the browser's language, the page's options, and the window's size.
const LOOKS: [(&str, &str, &str, (u32, u32)); 4] = [
    ("light", "en", "", (1360, 860)),
    ("dark", "en", "?dark=1", (1360, 860)),
    ("chinese", "zh-CN", "?lang=zh-CN", (1360, 860)),
    ("rtl-narrow", "en", "?lang=ar&dark=1", (1024, 700)),
];

/// Takes the pictures in Chromium.
pub fn looks(practice: &Practice, folder: &Path) -> Result<()> {
    for (name, language, query, size) in LOOKS {
        let launch = Launch {
            proxy: Some(practice.proxy()),
            package: Some(package()),
            language,
            size,
            headless: true,
        };
        let agent = Agent::launch(Kind::Chromium, &launch, query)?;
        look(&agent, &folder.join(name), query.contains("dark"))?;
    }
    Ok(())
}

fn look(agent: &Agent, folder: &Path, dark: bool) -> Result<()> {
    let keys = &agent.browser.session;
    agent.find(Place::Overlay, ".sidebar")?;
    agent.open_sidebar()?;
    agent.find(Place::Overlay, ".notice")?;
    agent.answers()?;
    agent.open_chat("Mei Lin")?;
    agent.open_sidebar()?;
    agent.picture(&folder.join("1-first.png"))?;
    agent.introduce("Ana Souza")?;
    agent.import(&root().join("tests/team.json"))?;
    agent.open_sidebar()?;
    agent.see(Place::Overlay, ".pill .name", "Returns")?;
    for n in [1, 2, 3] {
        agent.click(Place::Overlay, &format!(".pill:nth-child({n})"))?;
    }
    keys.press("Alt+c")?;
    agent.see_chips("Mei Lin", &["Order", "Returns", "+1", "AS"])?;
    agent.picture(&folder.join("2-claimed.png"))?;
    agent.unfold_tags()?;
    agent.click(Place::Overlay, ".tag-row .edit")?;
    agent.find(Place::Overlay, ".editor")?;
    agent.picture(&folder.join("3-edit.png"))?;
    keys.press("Escape")?;
    agent.click(Place::Overlay, ".tag-row:nth-child(3) .tag-name")?;
    agent.find(Place::Overlay, ".narrowed")?;
    agent.picture(&folder.join("4-narrowed.png"))?;
    agent.click(Place::Overlay, ".narrowed .head button")?;
    agent.see_none(Place::Overlay, ".narrowed")?;
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.picture(&folder.join("5-palette.png"))?;
    keys.press("Escape")?;
    agent.open_sidebar()?;
    agent.click(Place::Overlay, ".foot .icon-button")?;
    agent.find(Place::Overlay, ".help")?;
    agent.picture(&folder.join("6-help.png"))?;
    keys.press("Escape")?;
    agent.open_chat("Alex")?;
    agent.open_sidebar()?;
    agent.find(Place::Overlay, ".chat .row button")?;
    agent.picture(&folder.join("7-which.png"))?;
    keys.press("Alt+m")?;
    agent.find(Place::Overlay, ".rail")?;
    agent.picture(&folder.join("8-rail.png"))?;
    for (n, section) in (9..).zip(["me", "tags", "replies", "files", "sync"]) {
        agent.open_desk(section)?;
        if dark {
            // The desk follows the system's theme, not WhatsApp's. This sets the attribute that it sets for a dark
            // system.
            keys.run("document.documentElement.dataset.theme = 'dark'", &[])?;
        }
        agent.find(Place::Page, "#desk main section")?;
        agent.picture(&folder.join(format!("{n}-desk-{section}.png")))?;
        if section == "replies" {
            agent.click(Place::Page, "#desk .reply-row")?;
            agent.find(Place::Page, "#desk .editor .previews")?;
            agent.picture(&folder.join("14-desk-reply.png"))?;
        }
        agent.close_desk()?;
    }
    Ok(())
}
