//! `cargo xtask layout`: makes keys and signatures for layout updates. Only maintainers need it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

/// Makes a key, writes it to a new file, and prints its public half. Fails if the file exists.
pub fn key(file: &str) -> Result<()> {
    if Path::new(file).exists() {
        bail!("`{file}` is there already");
    }
    let document =
        Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| anyhow!("no randomness"))?;
    fs::write(file, document.as_ref()).with_context(|| format!("writing `{file}`"))?;
    eprintln!(
        "   The key is in `{file}`: keep it to yourselves. Its public half, for src/web/whatsapp/update.rs:"
    );
    eprintln!("   {}", STANDARD.encode(read(file)?.public_key()));
    Ok(())
}

/// Signs a payload (`{"number":…,"candidates":[…]}`) and writes the update next to it.
pub fn sign(payload: &str, key: &str, to: &str) -> Result<()> {
    let text = fs::read_to_string(payload).with_context(|| format!("reading `{payload}`"))?;
    let value: Value = serde_json::from_str(&text).with_context(|| format!("`{payload}` is no JSON"))?;
    if !value["number"].is_u64() || !value["candidates"].is_array() {
        bail!("`{payload}` needs a number and candidates");
    }
    let payload = value.to_string();
    let signature = STANDARD.encode(read(key)?.sign(payload.as_bytes()));
    let update = json!({ "baton": "layout", "payload": payload, "signature": signature });
    fs::write(to, format!("{update:#}\n")).with_context(|| format!("writing `{to}`"))
}

fn read(file: &str) -> Result<Ed25519KeyPair> {
    let bytes = fs::read(file).with_context(|| format!("reading `{file}`"))?;
    Ed25519KeyPair::from_pkcs8(&bytes).map_err(|error| anyhow!("`{file}` is no key: {error}"))
}
