// Reads the page with the shipped reader, without starting Baton. It reads at once and again at each `baton-probe`
// event of the page; the event can also ask for timings. The result is set as an attribute, because a driver sees
// nothing else of an isolated world.
(async () => {
  const api = globalThis.browser ?? chrome;
  const root = document.documentElement;
  const answer = () => {
    let text;
    try {
      text = JSON.stringify(wasm_bindgen.probe());
    } catch (error) {
      text = JSON.stringify({ error: String(error) });
    }
    root.setAttribute("data-baton-probe", text);
  };
  await wasm_bindgen({ module_or_path: api.runtime.getURL("page.wasm") });
  document.addEventListener("baton-probe", answer);
  document.addEventListener("baton-probe-report", () => {
    root.setAttribute("data-baton-probe", JSON.stringify({ report: wasm_bindgen.report() }));
  });
  document.addEventListener("baton-probe-times", () => {
    const times = [];
    for (let n = 0; n < 40; n += 1) {
      const began = performance.now();
      wasm_bindgen.probe();
      times.push(performance.now() - began);
    }
    root.setAttribute("data-baton-probe", JSON.stringify({ times }));
  });
  answer();
})();
