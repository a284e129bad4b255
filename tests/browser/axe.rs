//! Checks Baton's surfaces with axe-core: no violation of the WCAG 2 rules and of axe's best practices.
//!
//! Baton's shadow root is closed, and axe only looks into open ones. So axe gets a copy of the root's content and
//! styles in an open root on the same page, without animations.

use std::fs;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Kind, Place, root};
use serde_json::Value;

use super::member;

in_both! {
    the_palette_and_what_it_asks_have_no_violation
    the_desk_has_no_violation
}

fn the_palette_and_what_it_asks_have_no_violation(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    checked(&agent, "the sidebar")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("ret")?;
    agent.find(Place::Overlay, ".replies mark")?;
    checked(&agent, "the palette")?;
    let query = agent.find(Place::Overlay, ".palette .query")?;
    ensure!(keys.role(&query)? == "combobox" && keys.label(&query)? == "Find a quick reply");
    // The ARIA pattern requires that the field names the active option, and that this option exists and is selected.
    let active = "const it = arguments[0].querySelector('.query'); \
        const option = arguments[0].getElementById(it.getAttribute('aria-activedescendant')); \
        return [it.getAttribute('aria-expanded'), it.getAttribute('aria-controls'), option?.role ?? null, \
        option?.ariaSelected ?? null]";
    let told = agent.in_overlay(active)?;
    ensure!(told == serde_json::json!(["true", "replies", "option", "true"]), "{told}");
    keys.press("Alt+e")?;
    agent.find(Place::Overlay, ".form-page textarea")?;
    keys.press("Control+a")?;
    keys.type_text("{order} {a|b}{? by {carrier}} {")?;
    agent.find(Place::Overlay, ".problems p")?;
    checked(&agent, "the editor in the palette")?;
    keys.press("Control+Enter")?;
    agent.find(Place::Overlay, ".palette .query")?;
    keys.press("Enter")?;
    agent.find(Place::Overlay, ".questions input")?;
    checked(&agent, "what a reply asks")?;
    agent.click(Place::Overlay, ".palette .form-page .row button:last-child")?;
    agent.find(Place::Overlay, ".unfilled")?;
    checked(&agent, "a draft with gaps")
}

fn the_desk_has_no_violation(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    for section in ["me", "tags", "replies", "fields", "files", "sync"] {
        agent.open_desk(section)?;
        agent.see(Place::Page, "#desk .status", "Synced")?;
        if section == "replies" {
            agent.click(Place::Page, "#desk .reply-row")?;
            agent.find(Place::Page, "#desk .editor")?;
        }
        let found = agent.browser.session.run_async(&script("document.getElementById('desk')")?, &[])?;
        ensure!(found == Value::Array(vec![]), "{section}: {found:#}");
        agent.close_desk()?;
    }
    Ok(())
}

fn checked(agent: &Agent, what: &str) -> Result<()> {
    let copy = "const host = document.createElement('div'); host.id = 'copy'; document.body.append(host); \
        const open = host.attachShadow({ mode: 'open' }); \
        for (const node of arguments[0].childNodes) open.append(node.cloneNode(true)); \
        const still = document.createElement('style'); still.textContent = '* { animation: none !important }'; \
        open.append(still);";
    agent.in_overlay(copy)?;
    let found = agent.browser.session.run_async(&script("document.getElementById('copy')")?, &[]);
    agent.browser.session.run("document.getElementById('copy').remove()", &[])?;
    let found = found?;
    ensure!(found == Value::Array(vec![]), "{what}: {found:#}");
    Ok(())
}

/// Returns a script that calls its last argument with the violations in a node: the rule, the help text, and the place.
fn script(node: &str) -> Result<String> {
    let file = root().join("tests/whatsapp/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    Ok(format!(
        "{axe}; const done = arguments[arguments.length - 1]; \
         axe.run({node}, {{ rules: {{ region: {{ enabled: false }} }} }}).then((all) => done(all.violations.map((it) => \
         ({{ rule: it.id, help: it.help, nodes: it.nodes.map((node) => node.html + ' ' + node.failureSummary) }}))), \
         (error) => done([String(error)]));"
    ))
}
