// The page: empty at first, then a loading bar, then the columns. The content of `#app` adapts to the width that is
// left for it.

import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { Conversation, Intro } from "./conversation.jsx";
import { start } from "./feed.js";
import { wear } from "./layout.js";
import "./measure.js";
import { renameStyles } from "./names.js";
import { mutates } from "./options.js";
import { SecondPane } from "./pane.jsx";
import { Dialog, Menu } from "./popups.jsx";
import { Rail } from "./rail.jsx";
import { Redesign } from "./redesign.jsx";
import { Side, SideHeader } from "./side.jsx";
import { get, isUnread, set, useApp } from "./state.js";
import { sweptWithPage, usePageSwept } from "./sweep.js";
import { truth } from "./truth.js";
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
  const unread = [...app.chats.values()].filter(isUnread).length;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) WhatsApp` : "WhatsApp";
  }, [unread]);
  return (
    <div className="two" ref={sweptWithPage}>
      {mutates("second-pane-side") && <SecondPane chats={app.chats} />}
      <Rail account={app.account} unread={unread} />
      <SideHeader />
      <Side app={app} />
      <div className="open">
        {chat ? (
          <Conversation
            key={app.openId}
            chat={chat}
            headerChat={app.chats.get(app.headerId)}
            me={app.account.name}
          />
        ) : (
          <Intro />
        )}
      </div>
      <div data-testid="drawer-right" className="drawer-right" />
      <div id="wds-toast-container" />
    </div>
  );
}

function App({ app }) {
  usePageSwept();
  return (
    <div>
      <div id="app">
        {app.phase !== "splash" && (
          <div key={app.layout}>
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

function Page() {
  const app = useApp();
  return app.layout === "unknown" ? <Redesign app={app} /> : <App app={app} />;
}

const mount = document.querySelector("[id^=mount]");

/** Applies another layout to the running page. */
function relayout(name) {
  wear(name, mount);
  set({ layout: name });
}

renameStyles();
wear(get().layout, mount);
window.practice = { relayout, truth };
createRoot(mount).render(<Page />);
start().catch((error) => console.error(error));
