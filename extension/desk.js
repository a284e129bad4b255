// Starts the desk. If it can't start, a plain notice says so.
{
  const api = globalThis.browser ?? chrome;
  const root = document.documentElement;
  root.lang = api.i18n.getMessage("locale");
  // That of the words, which may not be that of the browser.
  root.dir = api.i18n.getMessage("direction");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (root.dataset.theme = dark.matches ? "dark" : "light");
  dark.addEventListener("change", follow);
  follow();
  wasm_bindgen({ module_or_path: api.runtime.getURL("desk.wasm") })
    .then(() => wasm_bindgen.desk())
    .catch((error) => {
      console.error("The desk could not start:", error);
      const notice = document.createElement("p");
      notice.className = "refused";
      notice.setAttribute("role", "alert");
      notice.textContent = api.i18n.getMessage("desk_refused");
      document.getElementById("desk").replaceChildren(notice);
    });
}
