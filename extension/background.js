// Starts the hub. Listeners must stand at once, before Wasm is ready: what comes earlier waits in a queue.
if (globalThis.importScripts) importScripts("hub.glue.js");
const batonPorts = new Set();
let batonInstances = 0;

// Each instance of the Wasm calls this when it starts. One that follows a trap knows none of the ports: whoever is told that
// its port has closed opens another, and sends again what was not acknowledged.
function batonStarted() {
  batonInstances += 1;
  if (batonInstances === 1) return;
  for (const port of batonPorts) port.disconnect();
  batonPorts.clear();
}

{
  const api = globalThis.browser ?? chrome;
  const early = [];
  const wait = (...event) => early.push(event);
  let hear = wait;
  api.runtime.onConnect.addListener((port) => {
    hear("connect", port);
    batonPorts.add(port);
    port.onMessage.addListener((message) => hear("message", port, message));
    port.onDisconnect.addListener(() => {
      batonPorts.delete(port);
      hear("disconnect", port);
    });
  });
  api.storage.onChanged.addListener((_, area) => area === "sync" && hear("changed"));
  api.alarms.onAlarm.addListener((alarm) => hear("alarm", undefined, alarm.name));
  api.runtime.onInstalled.addListener(({ reason }) => reason === "install" && api.runtime.openOptionsPage());
  const start = () =>
    wasm_bindgen({ module_or_path: api.runtime.getURL("hub.wasm") }).then(
      () => {
        hear = (...event) => wasm_bindgen.hub(...event);
        for (const event of early.splice(0)) hear(...event);
      },
      (error) => {
        console.error("The hub could not start:", error);
        // Who said something says it again, and then it is tried again.
        for (const [, port] of early.splice(0)) port?.disconnect();
        hear = (...event) => {
          hear = wait;
          wait(...event);
          start();
        };
      },
    );
  start();
}
