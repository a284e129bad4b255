// The composer: the editor between its buttons. Its label contains the chat's name. The last button records a voice
// message, and in later layouts it is two nested buttons. As soon as there is text, it sends.

import { memo, useLayoutEffect, useRef, useState } from "react";
import { edit } from "./editor.js";
import { send } from "./feed.js";
import { Icon } from "./icons.jsx";
import { hasBox, layout } from "./layout.js";
import { preview } from "./preview.jsx";
import { words } from "./words.js";

/** Pasted files open the preview; the editor only gets texts. */
function pasted(event) {
  if (!preview(event.clipboardData?.files)) return;
  event.preventDefault();
  event.stopPropagation();
}

function Microphone() {
  const inner = (
    <button type="button" data-tab={11} aria-label={words.voice} className="icon-button">
      <Icon name="mic-outlined" />
    </button>
  );
  if (!hasBox("mic")) return inner;
  return (
    <button type="button" aria-label={words.voice} className="icon-button">
      {inner}
    </button>
  );
}

export const Composer = memo(function Composer({ id, title, kind }) {
  const element = useRef(null);
  const editor = useRef(null);
  const [hasText, setHasText] = useState(false);

  useLayoutEffect(() => {
    editor.current = edit(element.current, { id, onText: setHasText, onSend: (text) => send(id, text) });
    return () => editor.current.close();
  }, [id]);

  return (
    <div data-testid="compose-box" className="compose-box" onPasteCapture={pasted}>
      <button type="button" aria-label={words.attach} data-tab={10} className="icon-button">
        <Icon name="plus-rounded" />
      </button>
      <button type="button" aria-label={words.emojis} data-tab={10} className="icon-button">
        <Icon name="expressions" />
      </button>
      <div className="lexical-rich-text-input">
        <div
          contentEditable="true"
          suppressContentEditableWarning
          role="textbox"
          spellCheck="true"
          data-testid="conversation-compose-box-input"
          data-tab={10}
          tabIndex={10}
          aria-label={(kind === "group" ? words.toGroup : words.toPerson)(title, layout().name)}
          aria-placeholder={words.placeholder}
          aria-autocomplete="list"
          aria-owns="emoji-suggestion"
          className="editor"
          ref={element}
        />
        {!hasText && (
          <div aria-hidden="true" className="placeholder">
            <div>{words.placeholder}</div>
          </div>
        )}
      </div>
      <div className="compose-last">
        {hasText ? (
          <button
            type="button"
            aria-label={words.send}
            data-tab={11}
            className="icon-button send"
            onClick={() => editor.current.send()}
          >
            <Icon name="wds-ic-send-filled" />
          </button>
        ) : (
          <Microphone />
        )}
      </div>
      <input type="file" multiple hidden tabIndex={-1} onChange={(event) => preview(event.target.files)} />
    </div>
  );
});
