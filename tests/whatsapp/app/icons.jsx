// The page's icons: our own drawings under WhatsApp's names of June 2026. WhatsApp names an icon by `data-icon`, by the
// title of its svg, or by both. Some versions have a mask in one icon of the rail, whose id is the id of the
// conversation.

import { layout } from "./layout.js";
import { mutates } from "./options.js";

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.7, strokeLinecap: "round", strokeLinejoin: "round" };
const L = (d) => <path d={d} {...line} />;
const F = (d) => <path d={d} fill="currentColor" />;

const DRAWINGS = {
  "chat-filled-refreshed": <ChatDrawing />,
  "call-refreshed": L("M6.5 3.5 9 4l1 4-2 1.5a11 11 0 0 0 6 6L15.5 14l4 1 .5 2.5a2.5 2.5 0 0 1-2.6 2.5C10 19.5 4.5 14 4 6.6A2.8 2.8 0 0 1 6.5 3.5z"),
  "status-refreshed": L("M12 4a8 8 0 0 1 7.4 5M20 12.5A8 8 0 0 1 13 20M10 19.8A8 8 0 0 1 9 4.6M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z"),
  "newsletter-outline": L("M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.8 18.2a8.7 8.7 0 0 1 0-12.4M18.2 5.8a8.7 8.7 0 0 1 0 12.4"),
  "community-refreshed-32": L("M12 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6.5 19v-1.5A3.5 3.5 0 0 1 10 14h4a3.5 3.5 0 0 1 3.5 3.5V19zM4.5 12.5a2 2 0 1 1 1-3.5M19.5 12.5a2 2 0 1 0-1-3.5"),
  "settings-refreshed": L("M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10.5 3.5h3l.5 2.3 1.8 1 2.2-.8 1.5 2.6-1.7 1.6v2.1l1.7 1.6-1.5 2.6-2.2-.8-1.8 1-.5 2.3h-3l-.5-2.3-1.8-1-2.200.8-1.5-2.6 1.7-1.6v-2.1L4.5 8.6 6 6l2.200.8 1.8-1z"),
  "new-chat-outline": L("M13.5 4H6a2 2 0 0 0-2 2v13.5L7.5 17H18a2 2 0 0 0 2-2v-4.5M18 3v6M15 6h6"),
  "more-refreshed": F("M12 8a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 12 8zm0 5.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zm0 5.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z"),
  "search-refreshed-thin": L("M10.5 16.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 15l5 5"),
  "close-refreshed": L("M6 6l12 12M18 6 6 18"),
  "video-call-refreshed": L("M5 6.5h8.5a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15.5 11l5-3v8l-5-3"),
  "plus-rounded": L("M12 5v14M5 12h14"),
  "expressions": L("M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.3 14c.8 1.5 2.1 2.3 3.7 2.3s2.9-.8 3.7-2.3M9 9.5v.6M15 9.5v.6"),
  "mic-outlined": L("M12 14.5a2.8 2.8 0 0 0 2.8-2.8V6.3a2.8 2.8 0 1 0-5.6 0v5.4a2.8 2.8 0 0 0 2.8 2.8zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5"),
  "wds-ic-send-filled": F("M4 19.5v-6l8-1.5-8-1.5v-6L21 12z"),
  "wds-ic-read": L("M2.5 12.5l4 4.5 8.5-10M10.5 15.5 12 17l8.5-10"),
  "read-in-list": L("M2.5 12.5l4 4.5 8.5-10M10.5 15.5 12 17l8.5-10"),
  "wds-ic-delivered": L("M2.5 12.5l4 4.5 8.5-10M10.5 15.5 12 17l8.5-10"),
  filter: L("M4 7h16M7 12h10M10 17h4"),
  recalled: L("M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.5 6.5l11 11"),
  "ic-phone-callback-filled": L("M5 8l7 7 7-7M5 8v5M5 8h5"),
  "image-refreshed": L("M5 5h14v14H5zM5 16l4-5 4 5 2-2 4 5M15 9v.6"),
  "mute-notifications-refreshed": L("M7 10a5 5 0 0 1 8.5-3.5M17 10v4l2 3H8M10 20h4M4 4l16 16"),
  "pin-refreshed-thin": L("M9 4h6l-1 6 3 3v1.5H7V13l3-3zM12 14.5V20"),
  "default-contact-refreshed": F("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0 1.8c-3.8 0-7 1.8-7 4.2v1.5h14V18c0-2.4-3.2-4.2-7-4.2z"),
  "default-group-refreshed": F("M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zm0 1.7c-3.2 0-6 1.5-6 3.6v1.7h12v-1.7c0-2.1-2.8-3.6-6-3.6zm7.5-1.9a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zm.2 1.6c-.5 0-1 0-1.400.1 1.100.9 1.7 2.1 1.7 3.8v1.7h4v-1.6c0-2.3-2-4-4.3-4z"),
};

function ChatDrawing() {
  const bubble = (
    <path
      d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H8l-5 4V6a2 2 0 0 1 2-2zm3 4v1.6h8V8zm0 3.4V13h5.5v-1.6z"
      fill="currentColor"
      fillRule="evenodd"
    />
  );
  if (!layout().mask && !mutates("mask-first")) return bubble;
  return (
    <>
      <mask id="main" style={{ maskType: "alpha" }} maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">
        <path d="M0 0h24v24H0z" fill="#d9d9d9" />
      </mask>
      <g mask="url(#main)">{bubble}</g>
    </>
  );
}

/** An icon with a `label` is more than decoration. */
export function Icon({ name, size = 24, label }) {
  const { icons, untagged, iconTitles, iconTestids } = layout();
  const there = icons[name] ?? name;
  return (
    <span
      aria-hidden={label ? null : "true"}
      aria-label={label}
      data-icon={untagged.includes(there) ? null : there}
      data-testid={iconTestids ? there : null}
      className="icon"
    >
      <svg viewBox="0 0 24 24" width={size} height={size} preserveAspectRatio="xMidYMid meet">
        {iconTitles && <title>{there}</title>}
        {DRAWINGS[name]}
      </svg>
    </span>
  );
}

/** The corner of the first bubble in a run. */
export function Tail({ side }) {
  return (
    <span data-testid={`tail-${side}`} data-icon={`tail-${side}`} aria-hidden="true" className={`tail tail-${side}`}>
      <svg viewBox="0 0 8 13" width="8" height="13">
        {layout().iconTitles && <title>{`tail-${side}`}</title>}
        <path d="M8 0H1.5C.3 0-.2 1.3.6 2.2L8 11z" fill="currentColor" />
      </svg>
    </span>
  );
}
