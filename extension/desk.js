// Starts the desk. If it can't start or traps, it shows a plain notice.
const baton = new AbortController();

function batonNotice(name) {
  const notice = document.createElement("p");
  notice.className = "refused";
  notice.setAttribute("role", "alert");
  notice.textContent = (globalThis.browser ?? chrome).i18n.getMessage(name);
  document.getElementById("desk").replaceChildren(notice);
}

// The Wasm calls this when it traps. It can't run any destructors then.
function batonTrapped() {
  baton.abort();
  batonNotice("desk_stopped");
}

{
  const api = globalThis.browser ?? chrome;
  const root = document.documentElement;
  root.lang = api.i18n.getMessage("locale_code");
  // The direction of the messages' language, which may differ from the browser's language.
  root.dir = api.i18n.getMessage("locale_direction");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (root.dataset.theme = dark.matches ? "dark" : "light");
  dark.addEventListener("change", follow);
  follow();
  wasm_bindgen({ module_or_path: api.runtime.getURL("desk.wasm") })
    .then(() => wasm_bindgen.desk(baton.signal))
    .catch((error) => {
      console.error("The desk could not start:", error);
      if (!baton.signal.aborted) batonNotice("desk_refused");
    });
}
