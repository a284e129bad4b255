use super::*;
use baton_tests::harness::{Launch, package};
use serde_json::json;

#[test]
fn shots() {
    go().unwrap();
}

fn go() -> Result<()> {
    for (name, query, language, size) in [
        ("light", "", "en", (1360, 860)),
        ("darkzh", "?dark=1&lang=zh-CN", "zh-CN", (1360, 860)),
        ("rtl", "?dir=rtl&lang=ar", "en", (1360, 860)),
        ("narrow", "?dark=1", "en", (760, 700)),
    ] {
        let practice = Practice::start(&practice_page(), CHATS)?;
        let launch = Launch {
            proxy: Some(practice.proxy()),
            package: Some(package()),
            language,
            size,
            headless: true,
        };
        let agent = Agent::launch(Kind::Chromium, &launch, query)?;
        agent.find(Place::Overlay, ".notice")?;
        agent.introduce("Ana Souza")?;
        agent.import(&team_file())?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("r.json");
        let body = "Hi {first_name}, your parcel {parcel number} comes {today|tomorrow morning|on Friday}{? with {carrier}}.\n\nBest, {agent}";
        std::fs::write(&file, json!({ "baton": 1, "replies": [{ "title": "Parcel on its way", "shortcut": "pc", "body": body, "folder": "Shipping" }] }).to_string())?;
        agent.import(&file)?;
        let keys = &agent.browser.session;
        agent.open_chat("Mei Lin")?;
        keys.press("Control+k")?;
        agent.find(Place::Overlay, ".palette")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-0.png")))?;
        keys.type_text("parcel")?;
        agent.find(Place::Overlay, ".palette > .reads")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-1.png")))?;
        keys.press("Alt+p")?;
        keys.press("Enter")?;
        agent.find(Place::Overlay, ".form-page")?;
        agent.click(Place::Overlay, ".part input")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-2.png")))?;
        agent.click(Place::Overlay, ".form-page .primary")?;
        agent.find(Place::Overlay, ".unfilled")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-3.png")))?;
        keys.press("Enter")?;
        agent.find(Place::Overlay, ".unfilled[data-asking]")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-4.png")))?;
        keys.press("Escape")?;
        keys.press("Control+k")?;
        agent.find(Place::Overlay, ".palette")?;
        keys.press("Alt+e")?;
        agent.find(Place::Overlay, ".form-page textarea")?;
        keys.type_text(" {oops")?;
        agent.picture(&root().join(format!("target/shots/p-{name}-5.png")))?;
    }
    Ok(())
}
