// Holds the second half of the Wasm back until the page or the desk says that it may come, or that it can't.
{
  const rest = wasm_bindgen.rest;
  const told = new Promise((come, fail) => {
    document.addEventListener("baton-rest", come, { once: true });
    document.addEventListener("baton-no-rest", () => fail(new Error("held back")), { once: true });
  });
  wasm_bindgen.rest = (url) => told.then(() => rest(url));
}
