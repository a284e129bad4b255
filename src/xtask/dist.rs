//! `cargo xtask build`: the unpacked extension, in `target/dist/`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::setup;
use crate::sh::{read, root, run, run_with, step};

/// The contexts that Baton runs in. Each has a Wasm of its own, so that none compiles what another needs.
const CONTEXTS: [&str; 4] = ["page", "hub", "desk", "importer"];

/// The size of a Wasm, in bytes.
#[derive(Clone, Debug)]
pub struct Size {
    /// The context's name.
    pub name: &'static str,
    /// As it is shipped.
    pub raw: usize,
    /// Compressed, as a store delivers it.
    pub gzip: usize,
}

/// Builds the extension and returns the sizes of its Wasm.
pub fn build() -> Result<Vec<Size>> {
    setup::compiler()?;
    setup::node_packages("src/xtask")?;
    step("Building the extension", || {
        let crates = CONTEXTS.map(|context| format!("baton-{context}"));
        compile(&crates.iter().flat_map(|name| ["-p", name]).collect::<Vec<_>>())?;
        let dist = root().join("target/dist");
        let fresh = root().join("target/dist.new");
        let _ = fs::remove_dir_all(&fresh);
        fs::create_dir_all(&fresh)?;
        for context in CONTEXTS {
            bind(&format!("baton_{context}.wasm"), &fresh, context)?;
        }
        optimise(&CONTEXTS.map(|context| fresh.join(format!("{context}.wasm"))), "target/optimised")?;
        copy(&root().join("extension"), &fresh)?;
        fs::copy(root().join("manifest.json"), fresh.join("manifest.json"))?;
        style(&fresh)?;
        codes(&fresh)?;
        check(&fresh)?;
        // A browser that has the folder loaded sees the old one or the new one, not half of each.
        let _ = fs::remove_dir_all(&dist);
        fs::rename(&fresh, &dist)?;
        let sizes = CONTEXTS.into_iter().map(|name| size(&dist, name)).collect::<Result<Vec<Size>>>()?;
        for Size { name, raw, gzip } in &sizes {
            eprintln!("   {name}.wasm: {} KB, {} KB compressed", raw / 1000, gzip / 1000);
        }
        Ok(sizes)
    })
}

/// Compiles for release. No path of this machine gets into the Wasm.
pub fn compile(what: &[&str]) -> Result<()> {
    let mut args = vec!["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown"];
    args.extend(what);
    let flags: Vec<String> = [
        (Some(root().to_string_lossy().into_owned()), "baton"),
        (std::env::var("CARGO_HOME").ok().or(std::env::var("HOME").ok().map(|it| it + "/.cargo")), "cargo"),
        (read("rustc", &["--print", "sysroot"]).map(|it| it.trim().to_owned()), "rust"),
    ]
    .into_iter()
    .filter_map(|(path, name)| Some(format!("--remap-path-prefix={}={name}", path?)))
    .collect();
    // The separator that a path can't hold.
    run_with("cargo", &args, &[("CARGO_ENCODED_RUSTFLAGS", &flags.join("\x1f"))])
}

/// Writes the JavaScript glue, as `NAME.glue.js`, and the Wasm, as `NAME.wasm`.
pub fn bind(wasm: &str, into: &Path, name: &str) -> Result<()> {
    let wasm = root().join("target/wasm32-unknown-unknown/release").join(wasm);
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(name)
        .no_modules(true)?
        .omit_default_module_path(true)
        .typescript(false);
    bindgen.remove_producers_section(true);
    // A trap calls back: see `src/web/trap.rs`.
    bindgen.force_enable_abort_handler(true);
    bindgen.generate(into)?;
    fs::rename(into.join(format!("{name}.js")), into.join(format!("{name}.glue.js")))?;
    fs::rename(into.join(format!("{name}_bg.wasm")), into.join(format!("{name}.wasm")))?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How the Wasm is optimised, and what it uses of what came after Wasm's first version; every browser that the manifest
/// allows has it.
const OPTIONS: [&str; 9] = [
    "-Oz",
    // The stack is at the bottom of the memory and grows downwards: nothing is found below 1,024 by a wrapped address.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes each Wasm smaller by a twentieth. That takes seconds, so the results are kept in the folder with the hashes of
/// what they were made from and how, for as long as that is what is built.
pub fn optimise(all: &[PathBuf], folder: &str) -> Result<()> {
    let folder = root().join(folder);
    fs::create_dir_all(&folder)?;
    let mut in_use = Vec::new();
    for wasm in all {
        let hash =
            hex(&Sha256::new().chain_update(OPTIONS.concat()).chain_update(fs::read(wasm)?).finalize());
        let kept = folder.join(format!("{hash}.wasm"));
        if !kept.exists() {
            let (from, to) = (wasm.to_string_lossy(), folder.join("part.wasm"));
            let output = to.to_string_lossy();
            let args = ["src/xtask/node_modules/binaryen/bin/wasm-opt", &from, "-o", &output];
            run("node", &[&args[..], &OPTIONS].concat())?;
            fs::rename(&to, &kept)?;
        }
        fs::copy(&kept, wasm)?;
        in_use.push(kept);
    }
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if !in_use.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The overlay's style sheet as a string of JavaScript's: a content script can read no other file of the package without
/// every page being able to, and inside the Wasm it would be compiled along.
fn style(dist: &Path) -> Result<()> {
    let overlay = dist.join("overlay.css");
    let text = fs::read_to_string(dist.join("tokens.css"))? + &fs::read_to_string(&overlay)?;
    let script = format!("const batonStyle = {};\n", serde_json::to_string(&text)?);
    fs::write(dist.join("style.js"), script)?;
    Ok(fs::remove_file(overlay)?)
}

/// What draws and reads QR codes, with the package that knows how, as one script. The desk loads it when it needs it.
fn codes(dist: &Path) -> Result<()> {
    let to = format!("--outfile={}", dist.join("codes.js").to_string_lossy());
    let args = [
        "src/web/desk/codes.js",
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=chrome137,firefox142",
        "--legal-comments=inline",
        "--log-level=warning",
        &to,
    ];
    run_with("src/xtask/node_modules/.bin/esbuild", &args, &[("NODE_PATH", "src/xtask/node_modules")])
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("reading `{}`", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Every file that the manifest names must be there.
fn check(dist: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(dist.join("manifest.json"))?)?;
    let missing: Vec<PathBuf> = named_files(&manifest)
        .into_iter()
        .map(|name| dist.join(name))
        .filter(|path| !path.exists())
        .collect();
    if !missing.is_empty() {
        bail!("the manifest names files that are not there: {missing:?}");
    }
    Ok(())
}

fn named_files(value: &Value) -> Vec<String> {
    let is_file =
        |text: &str| [".js", ".css", ".html", ".png", ".wasm"].iter().any(|end| text.ends_with(end));
    match value {
        Value::String(text) if is_file(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(named_files).collect(),
        Value::Object(map) => map.values().flat_map(named_files).collect(),
        _ => Vec::new(),
    }
}

fn size(dist: &Path, name: &'static str) -> Result<Size> {
    let wasm = fs::read(dist.join(format!("{name}.wasm")))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&wasm)?;
    Ok(Size { name, raw: wasm.len(), gzip: gzip.finish()?.len() })
}
