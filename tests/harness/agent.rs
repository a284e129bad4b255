//! An agent at work: a browser with the practice WhatsApp open and Baton on it.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use serde_json::{Value, json};

use super::browser::{Browser, Kind, Launch};
use super::pool::{self, Lent};
use super::webdriver::{Element, Shadow};
use super::{package, until};
use crate::whatsapp::Practice;

/// WhatsApp's address.
const WHATSAPP: &str = "https://web.whatsapp.com/";

/// Where a selector is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// WhatsApp's own page, or the desk.
    Page,
    /// What Baton draws over the page.
    Overlay,
    /// Baton's chips on the chat list.
    Chips,
}

/// An agent.
pub struct Agent {
    /// The agent's browser. Through its window in the extension's origin the harness reaches `storage`.
    pub browser: Lent,
}

impl Agent {
    /// Opens WhatsApp, with `query` (such as `?dark=1`) as options of the page, in a browser with Baton: one that a test
    /// before has left in this thread's pool, or a new one.
    pub fn start(kind: Kind, practice: &Practice, query: &str) -> Result<Agent> {
        let proxy = practice.proxy();
        let browser = match pool::take(kind, proxy) {
            Some(browser) => browser,
            None => start(kind, &Launch::behind(proxy, Some(package())), Some(proxy))?,
        };
        Agent::open(browser, query)
    }

    /// The same with something done first, which is what `name` stands for. Where a browser is used again, what was stored
    /// by that is stored again instead.
    pub fn start_after(
        kind: Kind,
        practice: &Practice,
        name: &'static str,
        first: fn(&Agent) -> Result<()>,
    ) -> Result<Agent> {
        let proxy = practice.proxy();
        if let Some(browser) = pool::take(kind, proxy) {
            if browser.bring_back(name)? {
                return Agent::open(browser, "");
            }
            drop(browser);
        }
        let agent = Agent::start(kind, practice, "")?;
        first(&agent)?;
        if pool::is_open() {
            // What is kept must be at rest.
            agent.see(Place::Overlay, ".status", "Synced")?;
            agent.browser.keep(name)?;
        }
        Ok(agent)
    }

    /// The same in a browser that is started for it, in another way.
    pub fn launch(kind: Kind, launch: &Launch, query: &str) -> Result<Agent> {
        Agent::open(start(kind, launch, None)?, query)
    }

    fn open(browser: Lent, query: &str) -> Result<Agent> {
        browser.session.go(&format!("{WHATSAPP}{query}"))?;
        Ok(Agent { browser })
    }

    /// Opens a section of the desk (`me`, `tags`, `replies`, `files`, `sync`) in a window of its own, goes there, and
    /// waits until a hand is answered.
    pub fn open_desk(&self, section: &str) -> Result<()> {
        self.visit_desk(section)?;
        until("the desk answers", || self.browser.session.find("#desk main:not([inert])"))?;
        Ok(())
    }

    /// The same, as soon as it is there.
    pub fn visit_desk(&self, section: &str) -> Result<()> {
        let session = &self.browser.session;
        let desk = session.open("window")?;
        session.switch(&desk)?;
        session.go(&self.browser.extension_url(&format!("desk.html#{section}"))?)
    }

    /// Closes the desk, when all that was changed there is on disk, and goes back to WhatsApp.
    pub fn close_desk(&self) -> Result<()> {
        let session = &self.browser.session;
        until("the desk has saved", || {
            let status = self.texts(Place::Page, "#desk .status")?.concat();
            Ok((!status.is_empty() && !status.contains('…')).then_some(()))
        })?;
        session.close()?;
        session.switch(&self.browser.whatsapp)
    }

    /// Says who the agent is, in the desk.
    pub fn introduce(&self, name: &str) -> Result<()> {
        self.open_desk("me")?;
        self.click(Place::Page, "#desk main input.field")?;
        self.browser.session.type_text(name)?;
        self.browser.session.press("Tab")?;
        self.see(Place::Page, "#desk .seen", name)?;
        self.close_desk()
    }

    /// Imports a file in the desk and applies it.
    pub fn import(&self, file: &Path) -> Result<()> {
        self.open_desk("files")?;
        self.choose(file)?;
        self.click(Place::Page, "#desk .sticky .primary")?;
        self.see_none(Place::Page, "#desk .changes li")?;
        self.close_desk()
    }

    /// Chooses a file in the desk's import.
    pub fn choose(&self, file: &Path) -> Result<()> {
        let session = &self.browser.session;
        self.find(Place::Page, "#desk .drop")?;
        let input = until("the file field", || session.find("#desk section:not([hidden]) input[type=file]"))?;
        session.choose_file(&input, file)
    }

    /// Opens WhatsApp anew, and waits until a hand is answered.
    pub fn reload(&self, query: &str) -> Result<()> {
        self.browser.session.go(&format!("{WHATSAPP}{query}"))?;
        self.answers()
    }

    /// Waits until Baton answers a hand on the page: what is seen first can't do that yet.
    pub fn answers(&self) -> Result<()> {
        until("Baton answers a hand", || {
            let Some(root) = self.root(Place::Overlay)? else { return Ok(None) };
            let there =
                self.ask("return arguments[0].querySelector('.palette') !== null", &[root.reference()])?;
            Ok((there == true).then_some(()))
        })
    }

    /// Waits until the browser has drawn twice: whatever was set off before is on screen then.
    pub fn drawn(&self) -> Result<()> {
        let twice =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
        self.browser.session.run_async(twice, &[]).map(drop)
    }

    /// Opens a second tab with WhatsApp, which commands go to from now on.
    pub fn second_tab(&self) -> Result<String> {
        let session = &self.browser.session;
        let tab = session.open("window")?;
        session.switch(&tab)?;
        session.go(WHATSAPP)?;
        self.answers()?;
        Ok(tab)
    }

    /// Goes back to the first tab.
    pub fn first_tab(&self) -> Result<()> {
        self.browser.session.switch(&self.browser.whatsapp)
    }

    /// The root that is at this place; `None` while there is none.
    fn root(&self, place: Place) -> Result<Option<Shadow>> {
        let session = &self.browser.session;
        let css = match place {
            Place::Page => return Ok(None),
            Place::Overlay => "[data-baton=overlay]",
            Place::Chips => "[data-baton=chips]",
        };
        let Some(host) = session.find(css)? else { return Ok(None) };
        session.shadow(&host)
    }

    /// A node that is on screen, waited for.
    pub fn find(&self, place: Place, css: &str) -> Result<Element> {
        let script = "return [...(arguments[0] ?? document).querySelectorAll(arguments[1])].find((node) => { \
            const box = node.getBoundingClientRect(); return box.width > 0 && box.height > 0; }) ?? null;";
        until(&format!("`{css}` in {place:?}"), || {
            let Some(root) = self.scope(place)? else { return Ok(None) };
            Ok(Element::from_value(&self.ask(script, &[root, json!(css)])?))
        })
        .with_context(|| self.state())
    }

    /// What a script looks in: null for the page's document. `None` while it is not there.
    fn scope(&self, place: Place) -> Result<Option<Value>> {
        match place {
            Place::Page => Ok(Some(Value::Null)),
            _ => Ok(self.root(place)?.map(|root| root.reference())),
        }
    }

    /// Runs a script; a node that went away meanwhile makes the answer null.
    fn ask(&self, script: &str, args: &[Value]) -> Result<Value> {
        match self.browser.session.run(script, args) {
            Err(error) if super::webdriver::is_gone(&error) => Ok(Value::Null),
            other => other,
        }
    }

    /// Clicks on a node.
    pub fn click(&self, place: Place, css: &str) -> Result<()> {
        let mut last = Ok(());
        until(&format!("clicking `{css}` in {place:?}"), || {
            let element = self.find(place, css)?;
            last = self.browser.session.click(&element);
            // A node that is drawn anew between finding and clicking is found again.
            Ok(last.is_ok().then_some(()))
        })
        .or_else(|error| last.and(Err(error)))
    }

    /// The texts of all visible nodes that a selector finds.
    pub fn texts(&self, place: Place, css: &str) -> Result<Vec<String>> {
        let Some(root) = self.scope(place)? else { return Ok(Vec::new()) };
        let script = "return [...(arguments[0] ?? document).querySelectorAll(arguments[1])] \
            .filter((node) => node.getClientRects().length > 0).map((node) => typeof node.value === 'string' && node.localName !== 'button' ? node.value : node.textContent);";
        let texts = self.ask(script, &[root, json!(css)])?;
        let texts = texts.as_array().into_iter().flatten();
        Ok(texts.filter_map(|text| text.as_str().map(str::to_owned)).collect())
    }

    /// Waits until one of the nodes that a selector finds holds a text.
    pub fn see(&self, place: Place, css: &str, text: &str) -> Result<()> {
        until(&format!("`{css}` in {place:?} says {text:?}"), || {
            Ok(self.texts(place, css)?.iter().any(|it| it.contains(text)).then_some(()))
        })
        .with_context(|| {
            format!("it says {:?}; {}", self.texts(place, css).unwrap_or_default(), self.state())
        })
    }

    /// Waits until the texts of what a selector finds are these.
    pub fn see_all(&self, place: Place, css: &str, texts: &[&str]) -> Result<()> {
        until(&format!("`{css}` in {place:?} say {texts:?}"), || {
            Ok((self.texts(place, css)? == texts).then_some(()))
        })
        .with_context(|| {
            format!("they say {:?}; {}", self.texts(place, css).unwrap_or_default(), self.state())
        })
    }

    /// Waits until a selector finds nothing visible.
    pub fn see_none(&self, place: Place, css: &str) -> Result<()> {
        until(&format!("no `{css}` in {place:?}"), || Ok(self.texts(place, css)?.is_empty().then_some(())))
    }

    /// The chips on the row of a chat, as texts.
    pub fn chips(&self, title: &str) -> Result<Vec<String>> {
        let Some(root) = self.root(Place::Chips)? else { return Ok(Vec::new()) };
        // The row and the chips are told to belong together as a person tells it: by where they are.
        let script = "const [root, title] = arguments; \
            const name = [...document.querySelectorAll('#side #pane-side span[dir=auto][title]')] \
                .find((span) => span.title === title); \
            if (!name) return []; \
            const row = name.closest('[style*=translateY]').getBoundingClientRect(); \
            const frame = [...root.querySelectorAll('.row-frame')].find((frame) => { \
                const box = frame.getBoundingClientRect(); \
                return !frame.hidden && box.height > 0 && Math.abs(box.top - row.top) < 2; }); \
            return frame ? [...frame.querySelectorAll('.chips > *')].map((chip) => chip.textContent) : [];";
        let chips = self.ask(script, &[root.reference(), json!(title)])?;
        Ok(chips
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|chip| chip.as_str().map(str::to_owned))
            .collect())
    }

    /// Waits until the chips on the row of a chat are these.
    pub fn see_chips(&self, title: &str, chips: &[&str]) -> Result<()> {
        until(&format!("chips {chips:?} on {title:?}"), || Ok((self.chips(title)? == chips).then_some(())))
            .with_context(|| {
                format!("they are {:?}; {}", self.chips(title).unwrap_or_default(), self.state())
            })
    }

    /// Opens a chat with a click on its row.
    pub fn open_chat(&self, title: &str) -> Result<()> {
        let row = "const row = [...document.querySelectorAll('#side #pane-side span[dir=auto][title]')] \
            .find((span) => span.title === arguments[0])?.closest('[style*=translateY]') ?? null; \
            row?.scrollIntoView({ block: 'nearest' }); return row;";
        until(&format!("opening {title:?}"), || {
            let Some(row) = Element::from_value(&self.ask(row, &[json!(title)])?) else { return Ok(None) };
            // A row that moved between finding and clicking is found again.
            if self.browser.session.click(&row).is_err() {
                return Ok(None);
            }
            self.is_open(title)
        })?;
        // WhatsApp puts the caret into the composer.
        until("the caret is in the composer", || {
            let focused = "return document.activeElement?.closest('div#main footer') !== null";
            Ok((self.ask(focused, &[])? == Value::Bool(true)).then_some(()))
        })
    }

    /// Whether a chat is open, waited for as long as a page takes to draw it.
    fn is_open(&self, title: &str) -> Result<Option<()>> {
        let script = "const [title, done] = arguments; \
            const text = (node) => node.nodeName === 'IMG' ? node.alt : node.nodeType === 3 ? node.data \
                : [...node.childNodes].map(text).join(''); \
            requestAnimationFrame(() => requestAnimationFrame(() => { \
                const name = document.querySelector('div#main header span[dir=auto]'); \
                done(name !== null && text(name) === title); }));";
        let open = self.browser.session.run_async(script, &[json!(title)])?;
        Ok((open == Value::Bool(true)).then_some(()))
    }

    /// What is in the composer, its lines joined by `\n`.
    pub fn draft(&self) -> Result<String> {
        let script = "const box = document.querySelector('div#main footer [contenteditable=true]'); \
            if (!box) return ''; \
            const text = (node) => node.nodeName === 'BR' ? '\\n' : node.nodeName === 'IMG' ? node.alt \
                : node.nodeType === 3 ? node.data : [...node.childNodes].map(text).join(''); \
            return [...box.children].map((line) => line.childNodes.length === 1 && line.firstChild.nodeName === 'BR' \
                ? '' : text(line)).join('\\n');";
        Ok(self.ask(script, &[])?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the composer holds a text.
    pub fn see_draft(&self, text: &str) -> Result<()> {
        until(&format!("the draft {text:?}"), || Ok((self.draft()? == text).then_some(())))
            .with_context(|| format!("it is {:?}; {}", self.draft().unwrap_or_default(), self.state()))
    }

    /// Calls `storage` from the extension's own origin, such as `sync.get(null)` or `sync.set(arg)`.
    pub fn storage(&self, call: &str, arg: Value) -> Result<Value> {
        let script = format!(
            "const [arg, done] = arguments; \
             (globalThis.browser ?? chrome).storage.{call}.then((ok) => done({{ ok }}), (error) => done({{ error: String(error) }}));"
        );
        self.in_extension(&script, arg)
    }

    /// Runs a script in the extension's own origin; it gets `arg` and a function to call with `{ok}` or `{error}`.
    pub fn in_extension(&self, script: &str, arg: Value) -> Result<Value> {
        let session = &self.browser.session;
        let here = session.window()?;
        if here == self.browser.back {
            return self.run_in_extension(script, arg);
        }
        session.switch(&self.browser.back)?;
        let answer = self.run_in_extension(script, arg);
        session.switch(&here)?;
        answer
    }

    /// Leaves the browser to a person: commands go to the extension's window from now on, so that none of them takes
    /// the focus from where that person is.
    pub fn step_back(&self) -> Result<()> {
        self.browser.session.switch(&self.browser.back)
    }

    fn run_in_extension(&self, script: &str, arg: Value) -> Result<Value> {
        let mut answer = self.browser.session.run_async(script, &[arg])?;
        match answer["error"].as_str() {
            Some(error) => bail!("{error}"),
            None => Ok(answer["ok"].take()),
        }
    }

    /// Runs a script with the root of Baton's overlay as its argument.
    pub fn in_overlay(&self, script: &str) -> Result<Value> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        self.browser.session.run(script, &[root.reference()])
    }

    /// Drops a file on the sidebar. A driver can't drag one from elsewhere, so the page's own events stand in for the hand.
    pub fn drop_file(&self, name: &str) -> Result<()> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        let script = "const [root, name] = arguments; const data = new DataTransfer(); \
            data.items.add(new File(['x'], name, { type: 'application/pdf' })); \
            const on = root.querySelector('.sidebar'); const { left, top } = on.getBoundingClientRect(); \
            for (const kind of ['dragover', 'drop']) on.dispatchEvent(new DragEvent(kind, \
                { bubbles: true, cancelable: true, composed: true, dataTransfer: data, clientX: left + 9, clientY: top + 9 }));";
        self.browser.session.run(script, &[root.reference(), json!(name)]).map(drop)
    }

    /// Runs a script on the root of the chips, with a further argument; it calls its last one when it is done.
    pub fn in_chips(&self, script: &str, arg: &Value) -> Result<Value> {
        let root = until("the chips", || self.root(Place::Chips))?;
        self.browser.session.run_async(script, &[root.reference(), arg.clone()])
    }

    /// Opens the field for a new tag and puts a text into it that can't be typed, written as in a JavaScript string.
    pub fn paste_into_new_tag(&self, text: &str) -> Result<()> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        self.find(Place::Overlay, ".add-form input")?;
        let script = format!(
            "const field = arguments[0].querySelector('.add-form input'); field.focus(); field.value = \"{text}\";"
        );
        self.browser.session.run(&script, &[root.reference()]).map(drop)
    }

    /// Replaces the extension by itself, as an update does, while pages are open. Its own window closes with that, so
    /// [`Agent::storage`] is out of reach afterwards.
    pub fn replace_extension(&self) -> Result<()> {
        self.browser.spoil();
        match self.browser.kind {
            Kind::Chromium => {
                // The browser's own page for extensions has a button that does this.
                let session = &self.browser.session;
                let window = session.open("window")?;
                session.switch(&window)?;
                session.go("chrome://extensions")?;
                let script = "const [id, done] = arguments; \
                    chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }) \
                    .then(() => chrome.developerPrivate.reload(id, { failQuietly: false })).then(() => done(null), (error) => done(String(error)));";
                let error = session.run_async(script, &[json!(self.browser.chromium_id()?)])?;
                session.close()?;
                session.switch(&self.browser.whatsapp)?;
                if let Some(error) = error.as_str() {
                    bail!("the extension was not loaded again: {error}");
                }
                Ok(())
            }
            Kind::Firefox => self.browser.install().map(drop),
        }
    }

    /// Saves a picture of the window, when nothing of Baton moves any more.
    pub fn picture(&self, to: &Path) -> Result<()> {
        if let Some(root) = self.scope(Place::Overlay)? {
            let script = "const [root, done] = arguments; \
                Promise.allSettled(root.getAnimations().map((it) => it.finished)).then(() => done(null));";
            self.browser.session.run_async(script, &[root])?;
        }
        let png = base64::engine::general_purpose::STANDARD.decode(self.browser.session.screenshot()?)?;
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(to, png)?)
    }

    /// What a failed test should know about the page.
    fn state(&self) -> String {
        let overlay = self.texts(Place::Overlay, ".sidebar").unwrap_or_default();
        let log = self.browser.log().unwrap_or_default();
        let picture = super::root().join("target/failed").join(format!("{:?}.png", self.browser.kind));
        let saved =
            self.picture(&picture).map_or_else(|error| error.to_string(), |()| picture.display().to_string());
        format!("{:?}; sidebar: {overlay:?}; console: {log}; picture: {saved}", self.browser.kind)
    }
}

/// Starts a browser with one window for WhatsApp and one in the extension's origin. `shared`: its proxy, if other tests may
/// have it later.
fn start(kind: Kind, launch: &Launch, shared: Option<SocketAddr>) -> Result<Lent> {
    let browser = Browser::start(kind, launch)?;
    let session = &browser.session;
    let whatsapp = session.window()?;
    settle(&browser, &whatsapp)?;
    let back = session.open("window")?;
    session.switch(&back)?;
    session.go(&browser.extension_url("icons/icon-16.png")?)?;
    session.switch(&whatsapp)?;
    Ok(Lent::new(browser, whatsapp, back, shared))
}

/// Waits for the desk, which opens by itself when Baton is installed, in a tab of its own or in an empty one, and
/// leaves one window for WhatsApp.
fn settle(browser: &Browser, whatsapp: &str) -> Result<()> {
    let session = &browser.session;
    // Chromium loads an extension of its command line before there is a window to open the desk in.
    if browser.kind == Kind::Firefox {
        let desk = browser.extension_url("desk.html")?;
        until("the desk has opened after installing", || {
            let mut seen = false;
            for window in session.windows()? {
                session.switch(&window)?;
                let here = session.run("return location.href", &[])?;
                seen |= here.as_str().is_some_and(|here| here.starts_with(&desk));
            }
            Ok(seen.then_some(()))
        })?;
    }
    for window in session.windows()? {
        if window != whatsapp {
            session.switch(&window)?;
            session.close()?;
        }
    }
    session.switch(whatsapp)
}
