// The round picture of a chat: a photo for some chats, WhatsApp's own figure for the others. WhatsApp loads photos from
// another origin; here they are drawn.

import { memo } from "react";
import { Icon } from "./icons.jsx";

const TINTS = ["#e7d3c0", "#c7dbe6", "#d5e3c8", "#e5cdd8", "#d9d2ea", "#f0ddb5", "#c9e2dd", "#dfd9d1"];
const SHADES = ["#8a5a3b", "#2f5f7c", "#4c7337", "#8b3f63", "#594a8c", "#96711c", "#2c7468", "#6a5f52"];

function hash(text) {
  let sum = 7;
  for (const c of text) sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  // The ids of neighbours differ in one digit only.
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  sum = Math.imul(sum ^ (sum >>> 12), 0x297a2d39);
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** A head and shoulders before a plain wall. */
function photo(seed) {
  const [tint, shade] = [TINTS[seed % 8], SHADES[seed % 8]];
  const skin = ["#f1c9a5", "#d9a074", "#a86f48", "#7b4b2d", "#e9b98f"][(seed >>> 4) % 5];
  const hair = ["#2b211c", "#5a3a22", "#1c1c22", "#8d6b3f", "#6d6d70"][(seed >>> 7) % 5];
  const long = (seed >>> 10) % 2 ? `<path d="M14 26c0-16 22-16 22 0v14H14z" fill="${hair}"/>` : "";
  const body = `<path d="M7 52c0-12 8-16 18-16s18 4 18 16z" fill="${shade}"/>`;
  const face = `<circle cx="25" cy="24" r="9.5" fill="${skin}"/><path d="M15 22c0-13 20-13 20 0-3-5-6-6-10-6s-7 1-10 6z" fill="${hair}"/>`;
  const neck = `<path d="M21 30h8v7a4 4 0 0 1-8 0z" fill="${skin}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 50"><path d="M0 0h50v50H0z" fill="${tint}"/>${long}${body}${neck}${face}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const Avatar = memo(function Avatar({ id, kind, size }) {
  const seed = hash(id);
  const box = { width: size, height: size };
  if (kind === "person" && seed % 5 < 3) {
    return <img className="avatar" src={photo(seed >>> 3)} alt="" draggable="false" style={box} />;
  }
  return (
    <div className={`avatar avatar-default tint-${seed % 6}`} style={box}>
      <Icon name={kind === "group" ? "default-group-refreshed" : "default-contact-refreshed"} size={size * 0.62} />
    </div>
  );
});
