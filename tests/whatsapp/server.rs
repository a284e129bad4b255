//! The practice server: the page with WhatsApp's own policies, the account's state, and a stream of events.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_server::tls_rustls::RustlsConfig;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::account::Account;

/// WhatsApp's policy as third parties have copied it from the live site in October 2026, without hosts that the
/// practice page has no use for.
const POLICY: &str = "default-src 'self' blob: 'wasm-unsafe-eval'; script-src blob: 'self' https://static.whatsapp.net \
    'wasm-unsafe-eval'; style-src data: blob: 'self' 'unsafe-inline'; img-src 'self' data: blob: https://*.whatsapp.net; \
    connect-src 'self' https://*.whatsapp.net blob: data: wss://web.whatsapp.com; frame-ancestors 'self'";
/// The same policy without Wasm, as Meta might send it: Chromium then denies Wasm to content scripts too.
const WITHOUT_WASM: &str = "default-src 'self' blob:; script-src blob: 'self' https://static.whatsapp.net; \
    style-src data: blob: 'self' 'unsafe-inline'; img-src 'self' data: blob: https://*.whatsapp.net; \
    connect-src 'self' https://*.whatsapp.net blob: data: wss://web.whatsapp.com; frame-ancestors 'self'";

#[derive(Clone)]
struct Site {
    page: PathBuf,
    account: Arc<Account>,
}

pub(super) fn start(runtime: &Runtime, page: &Path, account: Arc<Account>) -> Result<SocketAddr> {
    let site = Site { page: page.to_owned(), account };
    let router = Router::new()
        .route("/", get(index))
        .route("/app.js", get(|State(site): State<Site>| file(site, "app.js", "text/javascript")))
        .route("/app.css", get(|State(site): State<Site>| file(site, "app.css", "text/css")))
        .route("/practice/state", get(state))
        .route("/practice/events", get(events))
        .route("/practice/send", post(send))
        .route("/practice/read", post(read))
        .with_state(site);
    serve(runtime, router)
}

/// Serves the router on a local address. The proxy connects WhatsApp's address to it.
pub(super) fn serve(runtime: &Runtime, router: Router) -> Result<SocketAddr> {
    let certificate = rcgen::generate_simple_self_signed(vec!["web.whatsapp.com".to_owned()])?;
    // On a second start in one process the provider is already installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (pem, key) = (certificate.cert.pem().into_bytes(), certificate.key_pair.serialize_pem().into_bytes());
    let tls = runtime.block_on(RustlsConfig::from_pem(pem, key)).context("making a certificate")?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    runtime.spawn(axum_server::from_tcp_rustls(listener, tls).serve(router.into_make_service()));
    Ok(address)
}

#[derive(Deserialize)]
struct Options {
    csp: Option<String>,
}

async fn index(State(site): State<Site>, Query(options): Query<Options>) -> Response {
    let policy = if options.csp.as_deref() == Some("nowasm") { WITHOUT_WASM } else { POLICY };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    ];
    (headers, file(site, "index.html", "text/html; charset=utf-8").await).into_response()
}

async fn file(site: Site, name: &'static str, kind: &'static str) -> Response {
    match std::fs::read(site.page.join(name)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The account's own id, as WhatsApp writes it.
pub const ACCOUNT: &str = "100000000000001@lid";

async fn state(State(site): State<Site>) -> Json<Value> {
    let account = json!({ "wid": "4915112345678@c.us", "device": 7, "lid": ACCOUNT, "name": "Lumen Store" });
    Json(json!({ "account": account, "chats": site.account.chats() }))
}

async fn events(State(site): State<Site>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // A page that falls a thousand events behind misses some, like a phone after days offline.
    let told = BroadcastStream::new(site.account.listen()).filter_map(Result::ok);
    Sse::new(told.map(|told| Ok(Event::default().event(told.event).data(told.data))))
        .keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
struct Sent {
    chat: String,
    text: String,
}

async fn send(State(site): State<Site>, Json(sent): Json<Sent>) -> StatusCode {
    if site.account.add(&sent.chat, &sent.text, true) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

#[derive(Deserialize)]
struct Read {
    chat: String,
}

async fn read(State(site): State<Site>, Json(read): Json<Read>) -> StatusCode {
    site.account.read(&read.chat);
    StatusCode::NO_CONTENT
}
