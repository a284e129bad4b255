//! `cargo xtask build`: builds the unpacked extension in `target/dist/`.

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

/// The contexts that Baton runs in. Each has its own Wasm, so that no context compiles code that only another one
/// needs.
const CONTEXTS: [&str; 4] = ["page", "hub", "desk", "importer"];

/// The size of a Wasm file, in bytes.
#[derive(Clone, Debug)]
pub struct Size {
    /// The name of the context.
    pub name: &'static str,
    /// The size of the shipped file.
    pub raw: usize,
    /// The compressed size, as a store delivers it.
    pub gzip: usize,
}

/// Builds the extension and returns the sizes of its Wasm files.
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
        // The folder is replaced as a whole, so a browser that has it loaded sees the old or the new version, never a
        // mix.
        let _ = fs::remove_dir_all(&dist);
        fs::rename(&fresh, &dist)?;
        let sizes = CONTEXTS.into_iter().map(|name| size(&dist, name)).collect::<Result<Vec<Size>>>()?;
        for Size { name, raw, gzip } in &sizes {
            eprintln!("   {name}.wasm: {} KB, {} KB compressed", raw / 1000, gzip / 1000);
        }
        Ok(sizes)
    })
}

/// Compiles for release. The flags keep this machine's paths out of the Wasm.
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
    // Cargo's separator for encoded flags; a path can't contain it.
    run_with("cargo", &args, &[("CARGO_ENCODED_RUSTFLAGS", &flags.join("\x1f"))])
}

/// Writes the JavaScript glue as `NAME.glue.js` and the Wasm as `NAME.wasm`.
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
    // The glue calls a handler after a trap: see `src/web/trap.rs`.
    bindgen.force_enable_abort_handler(true);
    bindgen.generate(into)?;
    fs::rename(into.join(format!("{name}.js")), into.join(format!("{name}.glue.js")))?;
    fs::rename(into.join(format!("{name}_bg.wasm")), into.join(format!("{name}.wasm")))?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The options of `wasm-opt`, including the Wasm features newer than its first version that the code uses. Every
/// browser that the manifest allows supports these features.
const OPTIONS: [&str; 9] = [
    "-Oz",
    // The stack is at the bottom of the memory and grows downwards, so no wrapped address points below 1,024.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimises each Wasm, which makes it a twentieth smaller. This takes seconds, so the results are cached in `folder`,
/// named by a hash of the input and the options. Results that the current build doesn't use are deleted.
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

/// Converts the overlay's style sheet into a JavaScript string. A content script can only read a file of the package
/// that every page can read as well, and a style sheet in the Wasm would be compiled with it.
fn style(dist: &Path) -> Result<()> {
    let overlay = dist.join("overlay.css");
    let text = fs::read_to_string(dist.join("tokens.css"))? + &fs::read_to_string(&overlay)?;
    let script = format!("const batonStyle = {};\n", serde_json::to_string(&text)?);
    fs::write(dist.join("style.js"), script)?;
    Ok(fs::remove_file(overlay)?)
}

/// Bundles the code that draws and reads QR codes, with its dependencies, into one script. The desk loads the script
/// when it first needs it.
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

/// Checks that every file that the manifest names exists.
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
