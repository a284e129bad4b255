// The attachments of a message: a photo, an album, a missed call, the placeholder of a deleted message, the quoted
// message. Only the quoted message has text that can be copied.

import { Emojified } from "./emoji.jsx";
import { Icon } from "./icons.jsx";
import { ALBUM } from "./ids.js";
import { words } from "./words.js";

const SKIES = ["#9cc4dd", "#e8c79a", "#b5c7a3", "#c9b2d6"];

/** Two hills under a sky. */
function view(seed) {
  const sky = SKIES[seed % SKIES.length];
  const hills = '<path d="M0 70 40 36l34 30 22-18 44 40v32H0z" fill="#5d7a63"/><circle cx="104" cy="28" r="11" fill="#fff4d0"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 120"><path d="M0 0h140v120H0z" fill="${sky}"/>${hills}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function Picture({ seed }) {
  return (
    <div role="button" tabIndex={0} aria-label={words.openPicture} className="picture">
      <img src={view(seed)} alt="" draggable="true" />
    </div>
  );
}

export function Photo({ message }) {
  return <Picture seed={message.key.length + message.text.length} />;
}

export function Album() {
  return (
    <div className="album">
      {Array.from({ length: ALBUM }, (_, i) => (
        <Picture key={i} seed={i} />
      ))}
    </div>
  );
}

function Notice({ icon, text }) {
  return (
    <div className="notice">
      <Icon name={icon} size={20} />
      <div>{text}</div>
    </div>
  );
}

export function Call() {
  return <Notice icon="ic-phone-callback-filled" text={words.call} />;
}

export function Deleted({ message }) {
  return <Notice icon="recalled" text={message.mine ? words.deletedByYou : words.deleted} />;
}

export function Quote({ quote: { author, text } }) {
  return (
    <div role="button" tabIndex={0} aria-label={words.quoted} data-testid="quoted-message" className="quote">
      <span dir="auto" className="quote-author">
        <Emojified text={author ?? words.you} />
      </span>
      <span dir="auto" className="quote-text">
        <Emojified text={text} />
      </span>
    </div>
  );
}
