// The search field of the layouts in which it is an editor: also Lexical, but with one line, and other code can change
// its text.

import { registerRichText } from "@lexical/rich-text";
import { mergeRegister } from "@lexical/utils";
import {
  $createParagraphNode, $createTextNode, $getRoot, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, KEY_ESCAPE_COMMAND,
  createEditor,
} from "lexical";
import { layout } from "./layout.js";
import { classNames } from "./names.js";

const read = () => $getRoot().getTextContent();

function write(text) {
  const paragraph = $createParagraphNode();
  if (text) paragraph.append($createTextNode(text));
  $getRoot().clear().append(paragraph);
}

/** Turns the element into an editor. `onText` is called with its text. */
export function editSearch(element, { onText, onEnter, onEscape }) {
  const editor = createEditor({
    namespace: "chat-list-search",
    theme: { paragraph: classNames("_aupe copyable-text", layout().classes) },
    onError: (error) => console.error(error),
  });
  const on = (key, act) =>
    editor.registerCommand(
      key,
      (event) => {
        event?.preventDefault();
        event?.stopPropagation();
        act();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    );
  const text = () => editor.getEditorState().read(read);

  const unregister = mergeRegister(
    registerRichText(editor),
    on(KEY_ENTER_COMMAND, onEnter),
    on(KEY_ESCAPE_COMMAND, onEscape),
    editor.registerTextContentListener(onText),
  );
  editor.setRootElement(element);
  editor.update(() => write(""), { discrete: true });

  return {
    show: (wanted) => {
      if (text() !== wanted) editor.update(() => write(wanted), { discrete: true });
    },
    close: () => {
      unregister();
      editor.setRootElement(null);
    },
  };
}
