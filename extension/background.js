// Starts the hub. A browser wakes this context only for listeners that it adds at once, so they are added before the
// Wasm is ready. Until then, events wait in a queue.
if (globalThis.importScripts) importScripts("hub.glue.js");
const batonPorts = new Set();
let batonInstances = 0;

// Each instance of the Wasm calls this when it starts. An instance that replaces a trapped one knows none of the ports,
// so they are closed. A page whose port closes opens another, and sends its unacknowledged ops again.
function batonStarted() {
  batonInstances += 1;
  if (batonInstances === 1) return;
  for (const port of batonPorts) port.disconnect();
  batonPorts.clear();
}

{
  const api = globalThis.browser ?? chrome;
  const early = [];
  const queue = (...event) => early.push(event);
  let handle = queue;
  api.runtime.onConnect.addListener((port) => {
    handle("connect", port);
    batonPorts.add(port);
    port.onMessage.addListener((message) => handle("message", port, message));
    port.onDisconnect.addListener(() => {
      batonPorts.delete(port);
      // Without a page, nobody counts the unread chats.
      if (batonPorts.size === 0) api.action.setBadgeText({ text: "" });
      handle("disconnect", port);
    });
  });
  api.storage.onChanged.addListener((_, area) => area === "sync" && handle("changed"));
  api.alarms.onAlarm.addListener((alarm) => handle("alarm", undefined, alarm.name));
  // A press on the toolbar button brings WhatsApp to the front, or opens it.
  api.action.onClicked.addListener(async () => {
    const [whatsapp] = api.runtime.getManifest().host_permissions;
    const [tab] = await api.tabs.query({ url: whatsapp });
    if (!tab) return api.tabs.create({ url: whatsapp.replace("*", "") });
    await api.tabs.update(tab.id, { active: true });
    await api.windows.update(tab.windowId, { focused: true });
  });
  api.runtime.onInstalled.addListener(({ reason }) => reason === "install" && api.runtime.openOptionsPage());
  const start = () =>
    wasm_bindgen({ module_or_path: api.runtime.getURL("hub.wasm") }).then(
      () => {
        handle = (...event) => wasm_bindgen.hub(...event);
        for (const event of early.splice(0)) handle(...event);
      },
      (error) => {
        console.error("The hub could not start:", error);
        // A page whose port closes opens another, and sends its unacknowledged ops again. The next event tries to start
        // the hub again.
        for (const [, port] of early.splice(0)) port?.disconnect();
        handle = (...event) => {
          handle = queue;
          queue(...event);
          start();
        };
      },
    );
  start();
}
