// WhatsApp's preview of files before they are sent. It covers the conversation, and nothing is sent until the person
// presses its button. Files arrive by paste or by the file field that the paperclip opens.

import { useEffect, useRef } from "react";
import { send } from "./feed.js";
import { Icon } from "./icons.jsx";
import { set } from "./state.js";
import { words } from "./words.js";

/** Opens the preview, if there are any files. */
export function preview(files) {
  const names = [...(files ?? [])].map((file) => file.name);
  if (names.length > 0) set({ preview: names });
  return names.length > 0;
}

export function Preview({ id, names }) {
  const close = useRef(null);
  useEffect(() => {
    close.current.focus();
  }, []);
  const end = () => set({ preview: null });
  const submit = () => {
    send(id, names.join(", "));
    end();
  };
  return (
    <div data-testid="media-editor" className="preview">
      <button type="button" aria-label={words.close} className="icon-button" ref={close} onClick={end}>
        <Icon name="close-refreshed" />
      </button>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <button type="button" aria-label={words.send} className="icon-button send" onClick={submit}>
        <Icon name="wds-ic-send-filled" />
      </button>
    </div>
  );
}
