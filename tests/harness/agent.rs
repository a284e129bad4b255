//! A test agent: a browser with the practice WhatsApp open and Baton running in it.

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

/// The address of WhatsApp Web.
const WHATSAPP: &str = "https://web.whatsapp.com/";

/// The tree in which a selector is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The document of WhatsApp's page or of the desk.
    Page,
    /// The shadow root of Baton's overlay.
    Overlay,
    /// The shadow root of the chips on the chat list.
    Chips,
}

/// An agent with its browser.
pub struct Agent {
    /// The agent's browser. Its window in the extension's origin gives the harness access to `storage`.
    pub browser: Lent,
}

impl Agent {
    /// Opens WhatsApp in a browser with Baton. The browser comes from this thread's pool, or is started if the pool has
    /// none. `query` holds the page's options, such as `?dark=1`.
    pub fn start(kind: Kind, practice: &Practice, query: &str) -> Result<Agent> {
        let proxy = practice.proxy();
        let browser = match pool::take(kind, proxy) {
            Some(browser) => browser,
            None => start(kind, &Launch::behind(proxy, Some(package())), Some(proxy))?,
        };
        Agent::open(browser, query)
    }

    /// Like [`Agent::start`], with a set-up step first, identified by `name`. In a pooled browser that ran the same
    /// set-up before, its stored data is restored instead of running it again.
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
            // The data is saved only when sync is idle.
            agent.see(Place::Overlay, ".status", "Synced")?;
            agent.browser.keep(name)?;
        }
        Ok(agent)
    }

    /// Like [`Agent::start`], in a new browser with its own launch options.
    pub fn launch(kind: Kind, launch: &Launch, query: &str) -> Result<Agent> {
        Agent::open(start(kind, launch, None)?, query)
    }

    fn open(browser: Lent, query: &str) -> Result<Agent> {
        browser.session.go(&format!("{WHATSAPP}{query}"))?;
        Ok(Agent { browser })
    }

    /// Opens a section of the desk (`me`, `tags`, `replies`, `files`, `sync`) in a new window, switches to it, and
    /// waits until it responds to input.
    pub fn open_desk(&self, section: &str) -> Result<()> {
        self.visit_desk(section)?;
        until("the desk answers", || self.browser.session.find("#desk main:not([inert])"))?;
        Ok(())
    }

    /// Like [`Agent::open_desk`], but returns as soon as the section is shown.
    pub fn visit_desk(&self, section: &str) -> Result<()> {
        let session = &self.browser.session;
        let desk = session.open("window")?;
        session.switch(&desk)?;
        session.go(&self.browser.extension_url(&format!("desk.html#{section}"))?)
    }

    /// Closes the desk once all changes made there are on disk, and switches back to WhatsApp.
    pub fn close_desk(&self) -> Result<()> {
        let session = &self.browser.session;
        until("the desk has saved", || {
            let status = self.texts(Place::Page, "#desk .status")?.concat();
            Ok((!status.is_empty() && !status.contains('…')).then_some(()))
        })?;
        session.close()?;
        session.switch(&self.browser.whatsapp)
    }

    /// Enters the agent's name in the desk.
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

    /// Chooses a file in the import section of the desk.
    pub fn choose(&self, file: &Path) -> Result<()> {
        let session = &self.browser.session;
        self.find(Place::Page, "#desk .drop")?;
        let input = until("the file field", || session.find("#desk section:not([hidden]) input[type=file]"))?;
        session.choose_file(&input, file)
    }

    /// Reloads WhatsApp, and waits until Baton responds to input.
    pub fn reload(&self, query: &str) -> Result<()> {
        self.browser.session.go(&format!("{WHATSAPP}{query}"))?;
        self.answers()
    }

    /// Waits until Baton responds to input on the page. The first visible frame can't do that yet.
    pub fn answers(&self) -> Result<()> {
        until("Baton answers a hand", || {
            let Some(root) = self.root(Place::Overlay)? else { return Ok(None) };
            let there =
                self.ask("return arguments[0].querySelector('.palette') !== null", &[root.reference()])?;
            Ok((there == true).then_some(()))
        })
    }

    /// Waits until the browser has drawn twice. Every change that was requested before is on screen then.
    pub fn drawn(&self) -> Result<()> {
        let twice =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
        self.browser.session.run_async(twice, &[]).map(drop)
    }

    /// Opens WhatsApp in a second tab and sends commands there.
    pub fn second_tab(&self) -> Result<String> {
        let session = &self.browser.session;
        let tab = session.open("window")?;
        session.switch(&tab)?;
        session.go(WHATSAPP)?;
        self.answers()?;
        Ok(tab)
    }

    /// Switches back to the first tab.
    pub fn first_tab(&self) -> Result<()> {
        self.browser.session.switch(&self.browser.whatsapp)
    }

    /// The shadow root at this place; `None` if there is none.
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

    /// Waits for a visible node and returns it.
    pub fn find(&self, place: Place, css: &str) -> Result<Element> {
        let script = "return [...(arguments[0] ?? document).querySelectorAll(arguments[1])].find((node) => { \
            const box = node.getBoundingClientRect(); return box.width > 0 && box.height > 0; }) ?? null;";
        until(&format!("`{css}` in {place:?}"), || {
            let Some(root) = self.scope(place)? else { return Ok(None) };
            Ok(Element::from_value(&self.ask(script, &[root, json!(css)])?))
        })
        .with_context(|| self.state())
    }

    /// The root in which a script looks up nodes, null for the page's document. `None` if the root doesn't exist.
    fn scope(&self, place: Place) -> Result<Option<Value>> {
        match place {
            Place::Page => Ok(Some(Value::Null)),
            _ => Ok(self.root(place)?.map(|root| root.reference())),
        }
    }

    /// Runs a script. Returns null if a node that it uses was removed meanwhile.
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
            // A person scrolls to what is out of sight.
            let scroll = "const box = arguments[0].getBoundingClientRect(); \
                if (box.top < 0 || box.bottom > innerHeight) arguments[0].scrollIntoView({ block: 'nearest' })";
            let session = &self.browser.session;
            last = session.run(scroll, &[element.reference()]).and_then(|_| session.click(&element));
            // A node that was redrawn between finding and clicking is looked up again.
            Ok(last.is_ok().then_some(()))
        })
        .or_else(|error| last.and(Err(error)))
    }

    /// Moves the mouse onto a node.
    pub fn hover(&self, place: Place, css: &str) -> Result<()> {
        self.browser.session.hover(&self.find(place, css)?)
    }

    /// Opens the sidebar where only the rail has room.
    pub fn open_sidebar(&self) -> Result<()> {
        if self.texts(Place::Overlay, ".rail")?.is_empty() {
            return Ok(());
        }
        self.click(Place::Overlay, ".rail .icon-button")?;
        self.find(Place::Overlay, ".bar").map(drop)
    }

    /// Shows the team's tags, unless they are shown already.
    pub fn unfold_tags(&self) -> Result<()> {
        let fold = self.find(Place::Overlay, ".fold")?;
        if self.texts(Place::Overlay, ".fold[aria-expanded='false']")?.is_empty() {
            return Ok(());
        }
        self.browser.session.click(&fold)?;
        self.find(Place::Overlay, ".fold[aria-expanded='true']").map(drop)
    }

    /// The texts of all visible nodes that match a selector.
    pub fn texts(&self, place: Place, css: &str) -> Result<Vec<String>> {
        let Some(root) = self.scope(place)? else { return Ok(Vec::new()) };
        let script = "return [...(arguments[0] ?? document).querySelectorAll(arguments[1])] \
            .filter((node) => node.getClientRects().length > 0).map((node) => typeof node.value === 'string' && node.localName !== 'button' ? node.value : node.textContent);";
        let texts = self.ask(script, &[root, json!(css)])?;
        let texts = texts.as_array().into_iter().flatten();
        Ok(texts.filter_map(|text| text.as_str().map(str::to_owned)).collect())
    }

    /// Waits until a node that matches the selector contains the text.
    pub fn see(&self, place: Place, css: &str, text: &str) -> Result<()> {
        until(&format!("`{css}` in {place:?} says {text:?}"), || {
            Ok(self.texts(place, css)?.iter().any(|it| it.contains(text)).then_some(()))
        })
        .with_context(|| {
            format!("it says {:?}; {}", self.texts(place, css).unwrap_or_default(), self.state())
        })
    }

    /// Waits until the texts of the matching nodes are equal to `texts`.
    pub fn see_all(&self, place: Place, css: &str, texts: &[&str]) -> Result<()> {
        until(&format!("`{css}` in {place:?} say {texts:?}"), || {
            Ok((self.texts(place, css)? == texts).then_some(()))
        })
        .with_context(|| {
            format!("they say {:?}; {}", self.texts(place, css).unwrap_or_default(), self.state())
        })
    }

    /// Waits until no visible node matches the selector.
    pub fn see_none(&self, place: Place, css: &str) -> Result<()> {
        until(&format!("no `{css}` in {place:?}"), || Ok(self.texts(place, css)?.is_empty().then_some(())))
    }

    /// The chips on the row of a chat, as texts.
    pub fn chips(&self, title: &str) -> Result<Vec<String>> {
        let Some(root) = self.root(Place::Chips)? else { return Ok(Vec::new()) };
        // Chips are matched to the row by position, as a person does.
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
            // A row that moved between finding and clicking is looked up again.
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

    /// Whether a chat is open. Waits as long as the page takes to draw it.
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

    /// The composer's text, with lines joined by `\n`.
    pub fn draft(&self) -> Result<String> {
        let script = "const box = document.querySelector('div#main footer [contenteditable=true]'); \
            if (!box) return ''; \
            const text = (node) => node.nodeName === 'BR' ? '\\n' : node.nodeName === 'IMG' ? node.alt \
                : node.nodeType === 3 ? node.data : [...node.childNodes].map(text).join(''); \
            return [...box.children].map((line) => line.childNodes.length === 1 && line.firstChild.nodeName === 'BR' \
                ? '' : text(line)).join('\\n');";
        Ok(self.ask(script, &[])?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the composer's text is `text`.
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

    /// Runs a script in the extension's own origin. The script gets `arg` and a callback, which it calls with `{ok}` or
    /// `{error}`.
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

    /// Leaves the browser to a person. Commands go to the extension's window from now on, so that they don't take the
    /// focus away from the person.
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

    /// Runs a script with the shadow root of Baton's overlay as its argument.
    pub fn in_overlay(&self, script: &str) -> Result<Value> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        self.browser.session.run(script, &[root.reference()])
    }

    /// Drops a file on the sidebar. A driver can't drag a file from outside the browser, so synthetic page events
    /// replace the drag.
    pub fn drop_file(&self, name: &str) -> Result<()> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        let script = "const [root, name] = arguments; const data = new DataTransfer(); \
            data.items.add(new File(['x'], name, { type: 'application/pdf' })); \
            const on = root.querySelector('.sidebar'); const { left, top } = on.getBoundingClientRect(); \
            for (const kind of ['dragover', 'drop']) on.dispatchEvent(new DragEvent(kind, \
                { bubbles: true, cancelable: true, composed: true, dataTransfer: data, clientX: left + 9, clientY: top + 9 }));";
        self.browser.session.run(script, &[root.reference(), json!(name)]).map(drop)
    }

    /// Runs a script with the shadow root of the chips and one more argument. The script calls its last argument when
    /// it is done.
    pub fn in_chips(&self, script: &str, arg: &Value) -> Result<Value> {
        let root = until("the chips", || self.root(Place::Chips))?;
        self.browser.session.run_async(script, &[root.reference(), arg.clone()])
    }

    /// Opens the field for a new tag and sets a text that can't be typed, given as the content of a JavaScript string.
    pub fn paste_into_new_tag(&self, text: &str) -> Result<()> {
        let root = until("the overlay", || self.root(Place::Overlay))?;
        self.find(Place::Overlay, ".add-form input")?;
        let script = format!(
            "const field = arguments[0].querySelector('.add-form input'); field.focus(); field.value = \"{text}\"; \
             field.dispatchEvent(new InputEvent('input'));"
        );
        self.browser.session.run(&script, &[root.reference()]).map(drop)
    }

    /// Reinstalls the extension, as an update does, while pages are open. This closes the extension's window, so
    /// [`Agent::storage`] doesn't work afterwards.
    pub fn replace_extension(&self) -> Result<()> {
        self.browser.spoil();
        match self.browser.kind {
            Kind::Chromium => {
                // The browser's page for extensions has a button for this.
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

    /// Saves a screenshot of the window once no animation of Baton's is running.
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

    /// A description of the page for the report of a failed test.
    fn state(&self) -> String {
        let overlay = self.texts(Place::Overlay, ".sidebar").unwrap_or_default();
        let log = self.browser.log().unwrap_or_default();
        let picture = super::root().join("target/failed").join(format!("{:?}.png", self.browser.kind));
        let saved =
            self.picture(&picture).map_or_else(|error| error.to_string(), |()| picture.display().to_string());
        format!("{:?}; sidebar: {overlay:?}; console: {log}; picture: {saved}", self.browser.kind)
    }
}

/// Starts a browser with a window for WhatsApp and a window in the extension's origin. `shared` is the browser's proxy
/// if later tests may reuse the browser.
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

/// Waits for the desk, which opens after Baton is installed, in a new or an empty tab. Leaves one window for WhatsApp.
fn settle(browser: &Browser, whatsapp: &str) -> Result<()> {
    let session = &browser.session;
    // Chromium loads an extension from the command line before it has a window for the desk.
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
