// The messages of a conversation. The direction of a message shows in its alignment, and for the first bubble of a run
// in its tail and a label. In older layouts, the id and the class contain it too.

import { memo } from "react";
import { Album, Call, Deleted, Photo, Quote } from "./attachments.jsx";
import { Box } from "./box.jsx";
import { day, stamp, time } from "./dates.js";
import { Emojified } from "./emoji.jsx";
import { Icon, Tail } from "./icons.jsx";
import { hasBox } from "./layout.js";
import { words } from "./words.js";

export const DayDivider = memo(function DayDivider({ at }) {
  return (
    <div tabIndex={-1} className="day focusable-list-item-day">
      <div>
        <span dir="auto">{day(at)}</span>
      </div>
    </div>
  );
});

function Status() {
  if (!hasBox("status-label")) return <Icon name="wds-ic-read" size={17} label={words.read} />;
  return (
    <span aria-label={words.read}>
      <Icon name="wds-ic-read" size={17} />
    </span>
  );
}

function Meta({ mine, at, onPicture }) {
  return (
    <div data-testid="msg-meta" className={onPicture ? "meta meta-on-picture" : "meta"}>
      <span dir="auto">{time(at)}</span>
      {mine && (
        <div className="status read">
          <Status />
        </div>
      )}
    </div>
  );
}

function Text({ message, name }) {
  const { mine, text, quote, time: at } = message;
  return (
    <div className="copyable-text" data-pre-plain-text={stamp(at, name)}>
      {quote && <Quote quote={quote} />}
      <div className="bubble-text _akbu">
        <span data-testid="selectable-text" dir="auto" className="_aupe copyable-text">
          <span>
            <Emojified text={text} />
          </span>
        </span>
        <span className="spacer">
          <span aria-hidden="true" className={mine ? "spacer-out" : "spacer-in"}>
            {time(at)}
          </span>
        </span>
      </div>
    </div>
  );
}

/** The attachment of a message, by its form. */
const FORMS = { photo: Photo, album: Album, deleted: Deleted, call: Call };

function Bubble({ message, first, name, inGroup }) {
  const { mine, author, form, text, time: at } = message;
  const side = mine ? "out" : "in";
  const Form = FORMS[form];
  const isDeleted = form === "deleted";
  return (
    <div data-testid="msg-container" className={`bubble bubble-${side}`}>
      {first && !isDeleted && <Tail side={side} />}
      <Box name="bubble-inside" className="bubble-inside">
        {first && <span aria-label={`${mine ? words.you : name}:`} />}
        {first && inGroup && !mine && author && (
          <span data-testid="author" dir="auto" className={`author author-${author.length % 6}`}>
            <Emojified text={author} />
          </span>
        )}
        {Form && <Form message={message} />}
        {text && <Text message={message} name={name} />}
        <Meta mine={mine && !isDeleted} at={at} onPicture={!text && (form === "photo" || form === "album")} />
      </Box>
    </div>
  );
}

/** `id` is the id attribute. In an album it is one box further inside than in other messages. */
export const Message = memo(function Message({ id, ...shown }) {
  const { message, first, name } = shown;
  const { mine, form } = message;
  const item = `focusable-list-item ${mine ? "xuk3077" : "x1cy8zhl"}${first ? " first" : ""}`;
  if (form === "album") {
    const label = `${mine ? words.you : name} ${words.album}`;
    return (
      <div role="row" tabIndex={-1} className="message-row">
        <div data-id={id} data-testid="image-album" tabIndex={-1} aria-label={label} className={item}>
          <Bubble {...shown} />
        </div>
      </div>
    );
  }
  return (
    <div role="row" tabIndex={-1} className="message-row">
      <div data-id={id} data-testid={`conv-msg-${id}`} tabIndex={-1} className="message-box">
        <Box name="virtualized" data-virtualized="false">
          <Box name="virtualized-inside">
            <div className={item}>
              <Bubble {...shown} />
            </div>
          </Box>
        </Box>
      </div>
    </div>
  );
});
