// Popups that take the keys while they are open: the menu of a conversation, which is in a separate container, and a
// dialog over the whole page.

import { useEffect, useRef } from "react";
import { dir } from "./options.js";
import { closeChat } from "./feed.js";
import { set } from "./state.js";
import { words } from "./words.js";

const closeMenu = () => set({ menu: null });
const closeDialog = () => set({ dialog: false });

function closesOnEscape(close) {
  return (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
}

export function Menu({ at }) {
  const menu = useRef(null);
  useEffect(() => {
    menu.current.querySelector("button").focus();
    const outside = (event) => {
      if (!menu.current?.contains(event.target)) closeMenu();
    };
    document.addEventListener("mousedown", outside, true);
    return () => document.removeEventListener("mousedown", outside, true);
  }, []);
  // The menu stays within the page, which may be narrower than the window.
  const app = document.getElementById("app").firstElementChild.getBoundingClientRect();
  const end = dir === "rtl" ? at.left - app.left : app.right - at.right;
  const choices = [words.info, words.select, words.mute];
  return (
    <div
      role="menu"
      tabIndex={-1}
      className="menu"
      ref={menu}
      style={{ top: `${at.bottom - app.top + 6}px`, insetInlineEnd: `${end}px` }}
      onKeyDown={closesOnEscape(closeMenu)}
    >
      {choices.map((choice) => (
        <button key={choice} type="button" role="menuitem" onClick={closeMenu}>
          {choice}
        </button>
      ))}
      <button type="button" role="menuitem" onClick={closeChat}>
        {words.close}
      </button>
    </div>
  );
}

export function Dialog() {
  const done = useRef(null);
  useEffect(() => {
    done.current.focus();
  }, []);
  return (
    <div className="backdrop" data-animate-modal-backdrop="true">
      <div
        role="dialog"
        aria-modal="true"
        aria-label={words.settings}
        data-testid="confirm-popup"
        data-animate-modal-popup="true"
        tabIndex={-1}
        className="dialog"
        onKeyDown={closesOnEscape(closeDialog)}
      >
        <h2>{words.settings}</h2>
        <div data-testid="popup-contents">{words.settingsText}</div>
        <div className="dialog-buttons">
          <button type="button" data-testid="popup-controls-ok" ref={done} onClick={closeDialog}>
            {words.done}
          </button>
        </div>
      </div>
    </div>
  );
}
