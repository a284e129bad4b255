//! A client for the parts of W3C WebDriver that the tests need. It works over HTTP, one request at a time.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const SHADOW: &str = "shadow-6066-11e4-a52e-4f735466cecf";

/// A WebDriver session with a browser.
pub struct Session {
    http: ureq::Agent,
    url: String,
    /// The capabilities that the browser reported.
    pub capabilities: Value,
}

/// A node of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// A shadow root. WebDriver also gives access to closed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow(String);

impl Element {
    /// The node as a script argument.
    pub fn reference(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    /// The node in a script's result.
    pub fn from_value(value: &Value) -> Option<Element> {
        value[ELEMENT].as_str().map(|id| Element(id.to_owned()))
    }
}

impl Shadow {
    /// The shadow root as a script argument.
    pub fn reference(&self) -> Value {
        json!({ SHADOW: self.0 })
    }
}

impl Session {
    /// Starts a session with the driver on `port`.
    pub fn start(port: u16, capabilities: &Value) -> Result<Session> {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(90)))
            .build();
        let mut session = Session {
            http: config.into(),
            url: format!("http://127.0.0.1:{port}/session"),
            capabilities: Value::Null,
        };
        let answer = session.post("", json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        let id = answer["sessionId"].as_str().context("a session has an id")?;
        session.url = format!("{}/{id}", session.url);
        session.capabilities = answer["capabilities"].clone();
        Ok(session)
    }

    /// Goes to an address.
    pub fn go(&self, url: &str) -> Result<()> {
        self.post("/url", json!({ "url": url })).map(drop)
    }

    /// The handle of the window that commands go to.
    pub fn window(&self) -> Result<String> {
        Ok(self.get("/window")?.as_str().unwrap_or_default().to_owned())
    }

    /// The handles of all windows and tabs.
    pub fn windows(&self) -> Result<Vec<String>> {
        let handles = self.get("/window/handles")?;
        let handles = handles.as_array().into_iter().flatten();
        Ok(handles.filter_map(|handle| handle.as_str().map(str::to_owned)).collect())
    }

    /// Sends all further commands to another window.
    pub fn switch(&self, window: &str) -> Result<()> {
        self.post("/window", json!({ "handle": window })).map(drop)
    }

    /// Opens a `tab` or a `window`, without switching to it.
    pub fn open(&self, kind: &str) -> Result<String> {
        let opened = self.post("/window/new", json!({ "type": kind }))?;
        Ok(opened["handle"].as_str().context("a window has a handle")?.to_owned())
    }

    /// Closes the window that commands go to.
    pub fn close(&self) -> Result<()> {
        self.delete("/window").map(drop)
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.post("/window/rect", json!({ "width": width, "height": height })).map(drop)
    }

    /// The first node of the page that matches a selector.
    pub fn find(&self, css: &str) -> Result<Option<Element>> {
        let found = self.post("/elements", json!({ "using": "css selector", "value": css }))?;
        Ok(Element::from_value(&found[0]))
    }

    /// The shadow root of a node, open or closed.
    pub fn shadow(&self, host: &Element) -> Result<Option<Shadow>> {
        match self.get(&format!("/element/{}/shadow", host.0)) {
            Ok(found) => Ok(found[SHADOW].as_str().map(|id| Shadow(id.to_owned()))),
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The node's role in the accessibility tree.
    pub fn role(&self, element: &Element) -> Result<String> {
        Ok(self.get(&format!("/element/{}/computedrole", element.0))?.as_str().unwrap_or_default().to_owned())
    }

    /// The node's name in the accessibility tree.
    pub fn label(&self, element: &Element) -> Result<String> {
        Ok(self
            .get(&format!("/element/{}/computedlabel", element.0))?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Runs a function body in the page's own world and returns its result.
    pub fn run(&self, script: &str, args: &[Value]) -> Result<Value> {
        self.post("/execute/sync", json!({ "script": script, "args": args }))
    }

    /// Like [`Session::run`], for a body that calls its last argument with the result.
    pub fn run_async(&self, script: &str, args: &[Value]) -> Result<Value> {
        self.post("/execute/async", json!({ "script": script, "args": args }))
    }

    /// Sets the file of a file field, as the file dialog does.
    pub fn choose_file(&self, field: &Element, file: &Path) -> Result<()> {
        self.post(&format!("/element/{}/value", field.0), json!({ "text": file })).map(drop)
    }

    /// Moves the mouse to the middle of a node and clicks.
    pub fn click(&self, element: &Element) -> Result<()> {
        let actions = json!([
            { "type": "pointerMove", "duration": 0, "origin": element.reference(), "x": 0, "y": 0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }]))
    }

    /// Moves the mouse onto a node.
    pub fn hover(&self, element: &Element) -> Result<()> {
        let actions =
            json!([{ "type": "pointerMove", "duration": 0, "origin": element.reference(), "x": 0, "y": 0 }]);
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }]))
    }

    /// Types a text, one key at a time. `\n` is Enter.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let actions: Vec<Value> = text
            .chars()
            .map(|c| if c == '\n' { '\u{e007}' } else { c })
            .flat_map(|c| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": c.to_string() })))
            .collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": actions }]))
    }

    /// Presses a key with its modifiers, such as `Alt+q`, `Alt+T`, `Escape`, `ArrowDown`.
    pub fn press(&self, chord: &str) -> Result<()> {
        let keys = chord.split('+').map(key).collect::<Result<Vec<_>>>()?;
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": actions }]))
    }

    fn act(&self, actions: Value) -> Result<()> {
        self.post("/actions", json!({ "actions": actions })).map(drop)
    }

    /// A screenshot of the window, as a PNG in base64.
    pub fn screenshot(&self) -> Result<String> {
        Ok(self.get("/screenshot")?.as_str().unwrap_or_default().to_owned())
    }

    /// Sends a driver-specific command.
    pub fn post(&self, path: &str, body: Value) -> Result<Value> {
        let response = self.http.post(format!("{}{path}", self.url)).send_json(body);
        answer(path, response)
    }

    fn get(&self, path: &str) -> Result<Value> {
        answer(path, self.http.get(format!("{}{path}", self.url)).call())
    }

    fn delete(&self, path: &str) -> Result<Value> {
        answer(path, self.http.delete(format!("{}{path}", self.url)).call())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // If this request fails, the session ends with the driver's process.
        let _ = self.delete("");
    }
}

fn answer(path: &str, response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value> {
    let mut response = response.with_context(|| format!("asking the driver for {path}"))?;
    let mut body: Value = response.body_mut().with_config().limit(100 << 20).read_json()?;
    let value = body["value"].take();
    match value["error"].as_str() {
        Some(error) => bail!("{error}: {} (at {path})", value["message"].as_str().unwrap_or_default()),
        None => Ok(value),
    }
}

/// Whether the error says that the node or the page no longer exists.
pub(super) fn is_gone(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    [
        "stale element reference",
        "no such element",
        "no such shadow root",
        "detached shadow root",
        "javascript error: Permission denied",
    ]
    .iter()
    .any(|kind| text.starts_with(kind))
}

/// The WebDriver code of a key.
fn key(name: &str) -> Result<String> {
    let code = match name {
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Shift" => '\u{e008}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        _ => name
            .chars()
            .next()
            .filter(|_| name.chars().count() == 1)
            .ok_or_else(|| anyhow!("no key `{name}`"))?,
    };
    Ok(code.to_string())
}
