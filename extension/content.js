// Starts Baton in WhatsApp Web's isolated world. If it can't start, it shows one notice and leaves WhatsApp alone.
const baton = new AbortController();
const batonApi = globalThis.browser ?? chrome;

function batonNotice(words) {
  const host = document.createElement("div");
  host.setAttribute("data-baton", "refused");
  host.setAttribute("role", "status");
  host.style.cssText =
    "position:fixed;inset-block-end:16px;inset-inline-end:16px;max-inline-size:320px;padding:12px 16px;z-index:900;" +
    "border-radius:8px;background:#202c33;color:#fff;font:13px/20px system-ui,sans-serif";
  host.textContent = words;
  const close = document.createElement("button");
  close.textContent = batonApi.i18n.getMessage("button_close");
  close.style.cssText = "display:block;margin-block-start:8px;font:inherit";
  close.onclick = () => host.remove();
  host.append(close);
  const show = () => document.body.append(host);
  // Wait until the page is parsed: Baton's nodes could disturb the code that builds the page.
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", show, { once: true }) : show();
}

// The Wasm calls this when it traps. It can't run any destructors then, so everything on the page is removed here.
function batonTrapped() {
  baton.abort();
  for (const node of document.querySelectorAll("[data-baton]")) node.remove();
  const root = document.documentElement;
  root.classList.remove("baton-room");
  if (!root.className) root.removeAttribute("class");
  batonNotice(batonApi.i18n.getMessage("content_stopped"));
}

(async () => {
  // After an update, the old version of Baton may still be on the page, cut off from its hub. This event makes it
  // remove itself.
  document.dispatchEvent(new Event("baton-replaced"));
  try {
    await wasm_bindgen({ module_or_path: batonApi.runtime.getURL("page.wasm") });
    wasm_bindgen.page(batonStyle, baton.signal);
  } catch (error) {
    console.error("Baton could not start:", error);
    // A trap has its own notice.
    if (baton.signal.aborted) return;
    batonNotice(batonApi.i18n.getMessage(error instanceof WebAssembly.CompileError ? "content_refused" : "content_not_loaded"));
  }
})();
