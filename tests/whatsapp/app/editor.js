// The composer's editor: Lexical, as WhatsApp uses it. It keeps its own model of the text and draws it, and reverts
// changes of its nodes by other code. Enter sends, Shift+Enter breaks the line.

import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerRichText } from "@lexical/rich-text";
import { mergeRegister } from "@lexical/utils";
import {
  $createParagraphNode, $getRoot, CLEAR_HISTORY_COMMAND, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, createEditor,
} from "lexical";
import { layout } from "./layout.js";
import { classNames } from "./names.js";

const UNDO_MS = 300;
/** Drafts by chat. */
const drafts = new Map();

/** Whether the chat has a draft. */
export const hasDraft = (id) => drafts.has(id);

function written() {
  return $getRoot().getChildren().map((block) => block.getTextContent()).join("\n");
}

function empty() {
  const paragraph = $createParagraphNode();
  $getRoot().clear().append(paragraph);
  paragraph.select();
}

/** Turns the element into an editor. `onText` is called with whether it has text, `onSend` with the text to send. */
export function edit(element, { id, onText, onSend }) {
  const look = classNames("_aupe copyable-text", layout().classes);
  const editor = createEditor({
    namespace: "compose-box",
    theme: { paragraph: look, text: { base: look } },
    onError: (error) => console.error(error),
  });

  const clear = () => {
    editor.update(empty, { discrete: true });
    editor.dispatchCommand(CLEAR_HISTORY_COMMAND, undefined);
  };
  const send = () => {
    const text = editor.getEditorState().read(written).trim();
    if (text === "") return;
    onSend(text);
    clear();
  };

  const unregister = mergeRegister(
    registerRichText(editor),
    registerHistory(editor, createEmptyHistoryState(), UNDO_MS),
    editor.registerUpdateListener(({ editorState }) => {
      const text = editorState.read(written);
      if (text === "") drafts.delete(id);
      else drafts.set(id, JSON.stringify(editorState));
      onText(text !== "");
    }),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (event?.shiftKey) return false;
        event?.preventDefault();
        send();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );

  const draft = drafts.get(id);
  editor.setRootElement(element);
  if (draft) editor.setEditorState(editor.parseEditorState(draft));
  else editor.update(empty, { discrete: true });
  editor.focus(undefined, { defaultSelection: "rootEnd" });

  return {
    send,
    close: () => {
      unregister();
      editor.setRootElement(null);
    },
  };
}
