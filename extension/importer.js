// Reads one file of another tool's, in a worker that the desk starts for it and ends. `null` says that it can't go on.
importScripts("importer.glue.js");

// The Wasm calls this when it traps. The call that trapped throws as well, and is answered below.
function batonTrapped() {}

onmessage = async ({ data: [name, bytes] }) => {
  try {
    await wasm_bindgen({ module_or_path: "importer.wasm" });
    wasm_bindgen.importer(name, bytes);
  } catch (error) {
    console.error("The importer could not go on:", error);
    postMessage(null);
  }
};
