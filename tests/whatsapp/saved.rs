//! Serves saved pages of WhatsApp Web at WhatsApp's address, so that the unmodified reader runs on them. Their scripts
//! do not run, and no resource of theirs is fetched.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::{proxy, server};

/// No script runs and nothing is loaded. Chromium applies the page's policy when a content script compiles Wasm.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; script-src 'wasm-unsafe-eval'";

/// Serves the pages until it is dropped.
pub struct SavedPages {
    proxy: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

impl SavedPages {
    /// Serves these files. Each is read when it is requested.
    pub fn start(files: Vec<PathBuf>) -> Result<SavedPages> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let router = Router::new().route("/saved/{number}", get(page)).with_state(Arc::new(files));
        let server = server::serve(&runtime, router).context("serving saved pages")?;
        let proxy = proxy::start(&runtime, server, Arc::new(Mutex::new(BTreeSet::new())))?;
        Ok(SavedPages { proxy, _runtime: runtime })
    }

    /// The proxy that a browser must use for `https:`.
    pub fn proxy(&self) -> SocketAddr {
        self.proxy
    }

    /// The address of a file, by its index.
    pub fn address(number: usize) -> String {
        format!("https://web.whatsapp.com/saved/{number}")
    }
}

async fn page(State(files): State<Arc<Vec<PathBuf>>>, Path(number): Path<usize>) -> Response {
    let headers =
        [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CONTENT_TYPE, "text/html; charset=utf-8")];
    match files.get(number).and_then(|file| std::fs::read(file).ok()) {
        Some(bytes) => (headers, bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
