//! `cargo xtask build`: the unpacked extension, in `target/dist/`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use walrus::ModuleConfig;
use wasm_bindgen_cli_support::Bindgen;

use crate::setup;
use crate::sh::{read, root, run, run_with, step};
use crate::split::{FIRST, split};

/// The contexts that Baton runs in, and the modules whose listeners, and whatever else is called through a table, belong to
/// the second half of their Wasm, where it has one.
///
/// Each has a Wasm of its own, so that none compiles what another needs. What is seen first waits for no more than it needs
/// either: see [`baton_core::later()`].
const CONTEXTS: [(&str, &[&str]); 4] = [("page", &PAGE), ("hub", &[]), ("desk", &DESK), ("importer", &[])];

const PAGE: [&str; 5] = [
    "baton_core::app::palette",
    "baton_web::page::effects",
    "baton_web::page::files",
    "baton_web::page::input",
    "baton_web::ui::palette",
];

/// Those of the Sync centre stay in the first half, so that neither is much larger than the other.
const DESK: [&str; 2] = ["baton_web::desk::hand", "baton_web::ui::desk::replies"];

/// The size of a Wasm, in bytes.
#[derive(Clone, Debug)]
pub struct Size {
    /// Its name, which ends with `.rest` where it is a second half.
    pub name: String,
    /// As it is shipped.
    pub raw: usize,
    /// Compressed, as a store delivers it.
    pub gzip: usize,
}

/// Builds the extension and returns the sizes of its Wasm.
pub fn build() -> Result<Vec<Size>> {
    setup::wasm_target()?;
    setup::node_packages("src/xtask")?;
    step("Building the extension", || {
        let crates = CONTEXTS.map(|(context, _)| format!("baton-{context}"));
        compile(&crates.iter().flat_map(|it| ["-p", it.as_str()]).collect::<Vec<_>>())?;
        let dist = root().join("target/dist");
        let fresh = root().join("target/dist.new");
        let _ = fs::remove_dir_all(&fresh);
        fs::create_dir_all(&fresh)?;
        let mut names = Vec::new();
        for (context, later) in CONTEXTS {
            bind(&format!("baton_{context}.wasm"), &fresh, context)?;
            names.push(context.to_owned());
            if !later.is_empty() {
                names.push(halve(&fresh, context, later)?);
            }
        }
        let file = |folder: &Path, name: &str| folder.join(format!("{name}.wasm"));
        let all: Vec<PathBuf> = names.iter().map(|name| file(&fresh, name)).collect();
        optimise(&all, "target/optimised")?;
        copy(&root().join("extension"), &fresh)?;
        fs::copy(root().join("manifest.json"), fresh.join("manifest.json"))?;
        style(&fresh)?;
        codes(&fresh)?;
        check(&fresh)?;
        // A browser that has the folder loaded sees the old one or the new one, not half of each.
        let _ = fs::remove_dir_all(&dist);
        fs::rename(&fresh, &dist)?;
        let sizes: Result<Vec<Size>> =
            names.into_iter().map(|name| size(&file(&dist, &name), name)).collect();
        for Size { name, raw, gzip } in sizes.as_deref().unwrap_or_default() {
            eprintln!("   {name}.wasm: {} KB, {} KB compressed", raw / 1000, gzip / 1000);
        }
        sizes
    })
}

/// Compiles crates, and the standard library along with them: made for size, without words for a panic that nobody would
/// read, it is a fifth of the Wasm less. No path of this machine gets into it.
pub fn compile(what: &[&str]) -> Result<()> {
    let mut args = vec!["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown"];
    args.extend(what);
    let mut flags: Vec<String> = [
        (Some(root().to_string_lossy().into_owned()), "baton"),
        (std::env::var("CARGO_HOME").ok().or(std::env::var("HOME").ok().map(|it| it + "/.cargo")), "cargo"),
        (read("rustc", &["--print", "sysroot"]).map(|it| it.trim().to_owned()), "rust"),
    ]
    .into_iter()
    .filter_map(|(path, name)| Some(format!("--remap-path-prefix={}={name}", path?)))
    .collect();
    flags.extend(
        [
            // By their names, functions are told to belong to one half of a Wasm or the other. Of two that are alike one
            // would be left, under either name; what is alike in a half is merged when that is optimised.
            "-Csymbol-mangling-version=v0",
            "-Zmerge-functions=disabled",
            // What is above the stack has shorter addresses the smaller it is. A quarter of the usual is plenty.
            "-Clink-arg=-zstack-size=262144",
        ]
        .map(str::to_owned),
    );
    match setup::rust_source() {
        Ok(()) => {
            args.extend(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
            let small = [
                "-Zunstable-options",
                "-Cpanic=immediate-abort",
                "-Zlocation-detail=none",
                "-Zfmt-debug=none",
            ];
            flags.extend(small.map(str::to_owned));
        }
        Err(error) => eprintln!(
            "   {error:#}\n   The Wasm is larger than it could be: the source of Rust's standard library is missing. \
             Install it with `rustup component add rust-src`."
        ),
    }
    // The separator that a path can't hold.
    let flags = flags.join("\x1f");
    // A stable compiler takes some of these only from whoever knows that they are not settled.
    run_with("cargo", &args, &[("RUSTC_BOOTSTRAP", "1"), ("CARGO_ENCODED_RUSTFLAGS", &flags)])
}

/// The JavaScript glue, as `NAME.glue.js`, and the Wasm, as `NAME.wasm`. Its functions keep the names that the compiler gave
/// them until it is optimised.
pub fn bind(wasm: &str, into: &Path, name: &str) -> Result<()> {
    let wasm = root().join("target/wasm32-unknown-unknown/release").join(wasm);
    let mut module = ModuleConfig::new().generate_producers_section(false).parse_file(wasm)?;
    // It would have objects of JavaScript's held in a table, which takes a hundredth more than numbers for them.
    module.customs.remove_raw("target_features");
    let mut bindgen = Bindgen::new();
    bindgen.input_module(name, module).no_modules(true)?.omit_default_module_path(true).typescript(false);
    bindgen.demangle(false);
    let mut output = bindgen.generate_output()?;
    // Each import is named after what it calls and a hash of that; its number says as much, and is a tenth of it.
    let mut names = Vec::new();
    for (number, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let short = format!("_{number}");
        let long = core::mem::replace(&mut import.name, short.clone());
        names.push((format!(" {long}: "), format!(" {short}: ")));
        import.module = "_".to_owned();
    }
    names.push((format!("\"./{name}_bg.js\": "), "\"_\": ".to_owned()));
    output.emit(into)?;
    let glue = into.join(format!("{name}.js"));
    let mut text = fs::read_to_string(&glue)?;
    for (long, short) in names {
        if text.matches(&long).count() != 1 {
            bail!("the glue does not define `{long}` once");
        }
        text = text.replace(&long, &short);
    }
    fs::write(into.join(format!("{name}.glue.js")), text)?;
    fs::remove_file(glue)?;
    fs::rename(into.join(format!("{name}_bg.wasm")), into.join(format!("{name}.wasm")))?;
    Ok(())
}

/// Splits a Wasm that was bound, and returns the name of its second half. The glue's `rest` loads that, once the first half
/// is there. A half of another build is refused.
fn halve(into: &Path, name: &str, modules: &[&str]) -> Result<String> {
    let rest = format!("{name}.rest");
    let file = into.join(format!("{name}.wasm"));
    let wasm = fs::read(&file)?;
    let memory = format!("_{}", &hex(&Sha256::digest(&wasm))[..8]);
    let (first, second) =
        split(&wasm, modules, &memory).with_context(|| format!("splitting `{name}.wasm`"))?;
    fs::write(&file, first)?;
    fs::write(into.join(format!("{rest}.wasm")), second)?;
    let glue = into.join(format!("{name}.glue.js"));
    let text = fs::read_to_string(&glue)?;
    for part in ["{ initSync }", "async function __wbg_load(module, imports)", "function __wbg_get_imports()"]
    {
        if text.matches(part).count() != 1 {
            bail!("the glue does not have `{part}` once");
        }
    }
    let imports = format!("{{ ...__wbg_get_imports(), {FIRST}: wasm, {memory}: wasm }}");
    let load = format!("async (url) => {{ await __wbg_load(await fetch(url), {imports}); }}");
    fs::write(glue, text.replace("{ initSync }", &format!("{{ initSync, rest: {load} }}")))?;
    Ok(rest)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How the Wasm is optimised, and what it uses of what came after Wasm's first version; every browser that the manifest
/// allows has it.
const OPTIONS: [&str; 8] = [
    "-Oz",
    // The stack is at the bottom of the memory and grows downwards: nothing is found below 1,024 by a wrapped address.
    "--low-memory-unused",
    "--enable-bulk-memory",
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

fn size(wasm: &Path, name: String) -> Result<Size> {
    let wasm = fs::read(wasm)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&wasm)?;
    Ok(Size { name, raw: wasm.len(), gzip: gzip.finish()?.len() })
}
