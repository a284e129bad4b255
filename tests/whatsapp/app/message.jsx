// The messages of a conversation. A message says its key and nothing about its chat; whose it is shows in which side
// it is drawn to, and for the first bubble of a run in its tail and a label.

import { memo } from "react";
import { day, stamp, time } from "./dates.js";
import { Emojified } from "./emoji.jsx";
import { Icon, Tail } from "./icons.jsx";
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

export const Message = memo(function Message({ message, first, name, inGroup }) {
  const { key, mine, author, text, time: at } = message;
  const side = mine ? "out" : "in";
  return (
    <div role="row" tabIndex={-1}>
      <div data-id={key} data-testid={`conv-msg-${key}`} tabIndex={-1}>
        <div data-virtualized="false">
          <div>
            <div className={`focusable-list-item ${mine ? "xuk3077" : "x1cy8zhl"}${first ? " first" : ""}`}>
              <div data-testid="msg-container" className={`bubble bubble-${side}`}>
                {first && <Tail side={side} />}
                {first && <span aria-label={`${mine ? words.you : name}:`} />}
                {first && inGroup && !mine && author && (
                  <span data-testid="author" dir="auto" className={`author author-${author.length % 6}`}>
                    <Emojified text={author} />
                  </span>
                )}
                <div className="copyable-text" data-pre-plain-text={stamp(at, name)}>
                  <div className="_akbu">
                    <span data-testid="selectable-text" dir="auto" className="_aupe copyable-text">
                      <span>
                        <Emojified text={text} />
                      </span>
                    </span>
                    <span className="spacer">
                      <span aria-hidden="true" className={`spacer-${side}`}>
                        {time(at)}
                      </span>
                    </span>
                  </div>
                </div>
                <div data-testid="msg-meta" className="meta">
                  <span dir="auto">{time(at)}</span>
                  {mine && (
                    <div className="status read">
                      <span aria-label={words.read}>
                        <Icon name="wds-ic-read" size={17} />
                      </span>
                    </div>
                  )}
                </div>
              </div>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
});
