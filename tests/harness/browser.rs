//! Starts browsers with the extension, in a fresh profile.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::root;
use super::webdriver::Session;

/// The extension's id in the manifest.
const GECKO_ID: &str = "baton@baton.team";
/// The UUID in the extension's address. Firefox chooses a random one unless a preference sets it.
const GECKO_UUID: &str = "6b0f2f8e-8f4b-4f0e-9c2b-2f8a2f0b7a01";

/// How many lines of a driver's output are kept for the report of a failure.
const KEPT: usize = 30;

/// The kind of browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Debian's Chromium.
    Chromium,
    /// Debian's Firefox ESR.
    Firefox,
}

/// The options for starting a browser.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The proxy that all of the browser's connections use; `None` for the open network.
    pub proxy: Option<SocketAddr>,
    /// The folder of the extension to install, if any.
    pub package: Option<PathBuf>,
    /// The browser's language, such as `zh-CN`. Firefox would need a language pack and stays English.
    pub language: &'static str,
    /// The width and height of the window, in CSS pixels.
    pub size: (u32, u32),
    /// Whether the browser runs without a display.
    pub headless: bool,
}

impl Launch {
    /// The options that tests use: English, headless, in a window of the default size.
    pub fn behind(proxy: SocketAddr, package: Option<PathBuf>) -> Launch {
        Launch { proxy: Some(proxy), package, language: "en", size: (1360, 860), headless: true }
    }
}

/// A running browser. Dropping it stops the browser and deletes its profile.
pub struct Browser {
    /// The WebDriver session.
    pub session: Session,
    /// The kind of the browser.
    pub kind: Kind,
    package: Option<PathBuf>,
    driver: Driver,
    _profile: TempDir,
}

/// A driver's process, and the last lines that the driver and its browser printed.
struct Driver {
    process: Child,
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// Starts a browser.
    pub fn start(kind: Kind, launch: &Launch) -> Result<Browser> {
        if launch.package.as_ref().is_some_and(|package| !package.join("manifest.json").exists()) {
            bail!("the extension is not built: run `cargo xtask build`");
        }
        let profile = tempfile::tempdir()?;
        let (driver, port) = match kind {
            Kind::Chromium => chromedriver(launch)?,
            Kind::Firefox => geckodriver()?,
        };
        let mut capabilities = match kind {
            Kind::Chromium => chromium(launch, profile.path()),
            Kind::Firefox => firefox(launch),
        };
        if let Some(proxy) = launch.proxy {
            capabilities["acceptInsecureCerts"] = json!(true);
            capabilities["proxy"] = json!({ "proxyType": "manual", "sslProxy": proxy.to_string() });
        }
        let session = Session::start(port, &capabilities).with_context(|| format!("starting {kind:?}"))?;
        if kind == Kind::Firefox {
            if let Some(package) = &launch.package {
                install(&session, package)?;
            }
            session.resize(launch.size.0, launch.size.1)?;
        }
        Ok(Browser { session, kind, package: launch.package.clone(), driver, _profile: profile })
    }

    /// Installs the extension in Firefox again, over the installed one.
    pub fn install(&self) -> Result<Value> {
        install(&self.session, self.package()?)
    }

    fn package(&self) -> Result<&Path> {
        self.package.as_deref().context("no extension is installed")
    }

    /// The id that Chromium gives the extension.
    pub fn chromium_id(&self) -> Result<String> {
        Ok(chromium_id(self.package()?))
    }

    /// The address of one of the extension's files.
    pub fn extension_url(&self, file: &str) -> Result<String> {
        Ok(match self.kind {
            Kind::Chromium => format!("chrome-extension://{}/{file}", self.chromium_id()?),
            Kind::Firefox => format!("moz-extension://{GECKO_UUID}/{file}"),
        })
    }

    /// Stops the extension's background, as the browser does when it is idle or memory is short.
    pub fn kill_hub(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                for (cmd, params) in
                    [("ServiceWorker.enable", json!({})), ("ServiceWorker.stopAllWorkers", json!({}))]
                {
                    self.session.post("/goog/cdp/execute", json!({ "cmd": cmd, "params": params }))?;
                }
            }
            Kind::Firefox => {
                let script = "const [id, done] = arguments; \
                    WebExtensionPolicy.getByID(id).extension.terminateBackground({ ignoreDevToolsAttached: true }) \
                    .then(() => done(null), (error) => done(String(error)));";
                if let Some(error) = self.run_in_firefox(script, &[json!(GECKO_ID)])?.as_str() {
                    bail!("the background would not end: {error}");
                }
            }
        }
        Ok(())
    }

    /// Lets pages read the clipboard, as a person does who accepts the prompt.
    pub fn grant_clipboard(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let read = json!({ "descriptor": { "name": "clipboard-read" }, "state": "granted" });
                self.session.post("/permissions", read).map(drop)
            }
            // Firefox has no such permission and asks each time, unless a preference marks this as a test.
            Kind::Firefox => {
                let script = "const [done] = arguments; \
                    Services.prefs.setBoolPref('dom.events.testing.asyncClipboard', true); done(null);";
                self.run_in_firefox(script, &[]).map(drop)
            }
        }
    }

    /// The messages in the browser's console about the page and the extension.
    pub fn log(&self) -> Result<Value> {
        match self.kind {
            Kind::Chromium => self.session.post("/se/log", json!({ "type": "browser" })),
            Kind::Firefox => {
                let lines = self.driver.lines.lock().unwrap_or_else(PoisonError::into_inner);
                let ours = |line: &&String| {
                    ["extension", "whatsapp", "Baton"].iter().any(|word| line.contains(word))
                };
                Ok(lines.iter().filter(ours).cloned().collect())
            }
        }
    }

    /// Runs a script in Firefox's privileged context. The script calls its last argument when it is done.
    pub(super) fn run_in_firefox(&self, script: &str, args: &[Value]) -> Result<Value> {
        self.session.post("/moz/context", json!({ "context": "chrome" }))?;
        let answer = self.session.run_async(script, args);
        self.session.post("/moz/context", json!({ "context": "content" }))?;
        answer
    }
}

fn install(session: &Session, package: &Path) -> Result<Value> {
    session.post("/moz/addon/install", json!({ "path": package, "temporary": true }))
}

fn chromedriver(launch: &Launch) -> Result<(Driver, u16)> {
    let start = || {
        let mut command = Command::new("chromedriver");
        // Chromium takes its language from the environment.
        command.arg("--port=0").env("LANGUAGE", launch.language.replace('-', "_"));
        spawn(command, |line| {
            line.split_once("started successfully on port ").map(|(_, rest)| rest.trim_end_matches('.'))
        })
    };
    // geckodriver binds its port for IPv4 and IPv6, and exits if another program has one of them, so it is started up
    // to three times.
    start().or_else(|_| start()).or_else(|_| start())
}

fn geckodriver() -> Result<(Driver, u16)> {
    let built = root().join("target/tools/bin/geckodriver");
    let mut command = Command::new(if built.exists() { built } else { PathBuf::from("geckodriver") });
    // Two running Firefoxes must not share Firefox's default port.
    let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    command.args(["--port", "0", "--websocket-port", &free.to_string(), "--allow-system-access"]);
    spawn(command, |line| line.split_once("Listening on 127.0.0.1:").map(|(_, rest)| rest))
}

/// Starts a driver and reads its port from its output.
fn spawn(mut command: Command, port_in: fn(&str) -> Option<&str>) -> Result<(Driver, u16)> {
    command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
    let child = command.spawn().with_context(|| format!("starting {:?}", command.get_program()))?;
    let mut driver = Driver { process: child, lines: Arc::default() };
    let output = driver.process.stdout.take().context("the driver's output is piped")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next().transpose()? {
        if let Some(port) = port_in(&line) {
            let port = port.trim().parse()?;
            // The rest of the output must be read, or the driver would block on a full pipe.
            let last = driver.lines.clone();
            std::thread::spawn(move || {
                lines.map_while(std::io::Result::ok).for_each(|line| keep(&last, line))
            });
            return Ok((driver, port));
        }
    }
    bail!("{:?} ended before it took a port", command.get_program())
}

fn keep(lines: &Mutex<VecDeque<String>>, line: String) {
    let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    if lines.len() == KEPT {
        lines.pop_front();
    }
    lines.push_back(line);
}

fn chromium(launch: &Launch, profile: &Path) -> Value {
    let mut args = vec![
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        format!("--lang={}", launch.language),
        format!("--window-size={},{}", launch.size.0, launch.size.1),
        format!("--user-data-dir={}", profile.display()),
    ];
    if launch.headless {
        args.push("--headless=new".to_owned());
    }
    if let Some(package) = &launch.package {
        args.push(format!("--load-extension={}", package.display()));
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "args": args, "binary": "/usr/bin/chromium" },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(launch: &Launch) -> Value {
    let mut args = Vec::new();
    if launch.headless {
        args.push("-headless");
    }
    let uuids = json!({ GECKO_ID: GECKO_UUID }).to_string();
    let prefs = json!({
        "extensions.webextensions.uuids": uuids,
        "devtools.console.stdout.content": true,
        "browser.shell.checkDefaultBrowser": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "args": args, "prefs": prefs, "binary": "/usr/bin/firefox-esr" },
    })
}

/// The id that Chromium gives an unpacked extension: sixteen bytes of a hash of its folder, with each half of a byte as
/// a letter from `a` to `p`.
fn chromium_id(folder: &Path) -> String {
    let hash = Sha256::digest(folder.to_string_lossy().as_bytes());
    let halves = hash.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from(b'a' + half)).collect()
}
