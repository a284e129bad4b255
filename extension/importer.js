// Reads one file of another tool, in a worker that the desk starts for this file and terminates. The answer `null`
// means that the worker failed.
importScripts("importer.glue.js");

// The Wasm calls this when it traps. The call that trapped also throws, and the error is handled below.
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
