// Bundles the page into the given folder: app.js, app.css and index.html, and nothing else.

import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2];
if (!into) {
  console.error("usage: node build.mjs FOLDER");
  process.exit(2);
}
const folder = resolve(into);
await mkdir(folder, { recursive: true });
await build({
  entryPoints: { app: join(here, "app/main.jsx") },
  outdir: folder,
  bundle: true,
  format: "iife",
  target: ["chrome120", "firefox121"],
  jsx: "automatic",
  jsxImportSource: "page",
  alias: { "page/jsx-runtime": join(here, "app/jsx.js") },
  define: { "process.env.NODE_ENV": '"production"' },
  conditions: ["production"],
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(join(here, "app/app.css"), join(folder, "app.css"));
await copyFile(join(here, "app/index.html"), join(folder, "index.html"));
