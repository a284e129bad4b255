// The page: empty at first, then a bar that shows loading, then the columns. What is in `#app` is laid out in whatever
// width it is left with.

import { useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";
import { Conversation, Intro } from "./conversation.jsx";
import { start } from "./feed.js";
import "./measure.js";
import { apply, isUnknown } from "./options.js";
import { Dialog, Menu } from "./popups.jsx";
import { Rail } from "./rail.jsx";
import { Redesign } from "./redesign.jsx";
import { Side, SideHeader } from "./side.jsx";
import { useApp } from "./state.js";
import { useSweptWithin } from "./sweep.js";
import { words } from "./words.js";

function Loading() {
  return (
    <div className="loading">
      <div className="wordmark">WhatsApp</div>
      <progress value="60" max="100" dir="ltr" />
      <div>{words.loading}</div>
    </div>
  );
}

function Columns({ app }) {
  const chat = app.chats.get(app.openId);
  const unread = [...app.chats.values()].filter((it) => it.unreadCount > 0).length;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) WhatsApp` : "WhatsApp";
  }, [unread]);
  return (
    <div className="two">
      <Rail account={app.account} unread={unread} />
      <SideHeader />
      <Side app={app} />
      <div className="open">
        {chat ? <Conversation key={app.openId} chat={chat} me={app.account.name} /> : <Intro />}
      </div>
      <div data-testid="drawer-right" className="drawer-right" />
      <div id="wds-toast-container" />
    </div>
  );
}

function App() {
  const app = useApp();
  const page = useRef(null);
  useSweptWithin(page, "div.two, #side, #pane-side [role=grid]");
  return (
    <div>
      <div id="app" ref={page}>
        {app.phase !== "splash" && (
          <div>
            <div className="app-wrapper-web font-fix os-win" tabIndex={-1}>
              <div id="wa-popovers-bucket">{app.menu && <Menu at={app.menu} />}</div>
              <div id="expressions-panel-container" />
              <div className="frame">{app.phase === "loading" ? <Loading /> : <Columns app={app} />}</div>
              {app.dialog && <Dialog />}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

const mount = document.querySelector("[id^=mount]");
apply(mount);
createRoot(mount).render(isUnknown ? <Redesign /> : <App />);
start().catch((error) => console.error(error));
