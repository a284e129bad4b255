// Text in which emoji are images, as everywhere on WhatsApp except in attributes and in the composer. The text of an
// emoji is only in `alt`, without the variation selector.

import { Fragment, memo } from "react";

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u;
const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function picture(emoji) {
  const text = `<text x="16" y="26" font-size="26" text-anchor="middle">${emoji}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Splits a text into runs of text and single emoji. */
function split(text) {
  if (!EMOJI.test(text)) return [text];
  const parts = [""];
  for (const { segment } of characters.segment(text)) {
    if (EMOJI.test(segment)) parts.push({ emoji: segment }, "");
    else parts[parts.length - 1] += segment;
  }
  return parts.filter((part) => part !== "");
}

export const Emojified = memo(function Emojified({ text }) {
  return split(text).map((part, i) =>
    part.emoji ? (
      <img
        key={i}
        className="emoji"
        src={picture(part.emoji)}
        alt={part.emoji.replaceAll("\uFE0F", "")}
        draggable="false"
      />
    ) : (
      <Fragment key={i}>{part}</Fragment>
    ),
  );
});
