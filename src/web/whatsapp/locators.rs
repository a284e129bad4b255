//! All assumptions about WhatsApp's markup, as data.
//!
//! Each part of the page has a name and candidates, newest first. WhatsApp rolls its layouts out account by account, so
//! several are in use at once, and old layouts have come back before: candidates are kept as long as they cost nothing. A
//! match also has to pass the candidate's check. No candidate may depend on a language, and one that depends on generated
//! class names needs a better one before it. The months are those in which the shape was seen.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::find::{Candidate, Fits, Locator};
use super::room::RoomSize;

/// All locators, for reports.
pub(super) const ALL: [&Locator; 24] = [
    &APP,
    &LIST,
    &GRID,
    &ROWS,
    &ROW_TITLE,
    &PREVIEW,
    &UNREAD,
    &MARKED,
    &MUTED,
    &PINNED,
    &GROUP,
    &PERSON,
    &SEARCH,
    &CONVERSATION,
    &HEADER,
    &OPEN_TITLE,
    &SUBTITLE,
    &FOOTER,
    &COMPOSER,
    &MESSAGE_TEXT,
    &OUT,
    &SEND,
    &IN,
    &AUTHOR,
];

/// Mounted by the server's page; everything of WhatsApp's is in it.
pub(super) static APP: Locator = Locator::new("app", &[is("#app", "2016-03 on")]);

/// The scroll container of the chat list. Other drawers have a `#pane-side` of their own.
pub(super) static LIST: Locator = Locator::new("list", &[is("#side #pane-side", "2016-03 on")]);

/// The parent of the rows, for a page whose list has another name.
pub(super) static GRID: Locator = Locator::new(
    "grid",
    &[
        when("[role='grid']", Fits::ListOfPlaced, "2021-04 on"),
        when("div:has(> div[style*='translate'])", Fits::ListOfPlaced, "2016-03 on"),
    ],
);

/// Anything that looks like a list: WhatsApp has booted.
pub(super) const LIKE_A_LIST: &str = "[role='grid'], [style*='translateY(']";

/// A row of the chat list, within [`LIST`].
pub(super) static ROWS: Locator = Locator::new(
    "rows",
    &[
        when("[data-testid^='list-item-']", Fits::Placed, "2023-04 to 2023-07, 2026-06 on"),
        when("[role='grid'] > *", Fits::Placed, "2021-04 on"),
        when("[style*='translate']", Fits::Outermost, "2016-03 on"),
        is("[role='row']:not([role='row'] [role='row'])", "2021-04 on"),
        is("[role='listitem']", "2023-07 to 2025-09"),
    ],
);

/// The title within a row. The preview of the last message is a `span[title]` too.
pub(super) static ROW_TITLE: Locator = Locator::new(
    "row title",
    &[
        is("[data-testid='cell-frame-title'] span[title]", "2022-05 to 2023-07, 2026-06 on"),
        is("[aria-colindex='2'] span[dir='auto'][title]", "2021-04 on"),
        is("span[dir='auto'][title]", "2016-03 on"),
        // The bar over the conversation lost its `title` in 2023-02; should rows lose theirs, their text says the same.
        when(
            "[data-testid='cell-frame-title'] span[dir='auto']",
            Fits::Text,
            "2022-05 to 2023-07, 2026-06 on",
        ),
        when("[aria-colindex='2'] span[dir='auto']", Fits::Text, "2021-04 on"),
    ],
);

/// The badge within a row. Other labelled spans share its cell: "Maybe …", pins, and "Unread" without a number.
pub(super) static UNREAD: Locator = Locator::new(
    "unread",
    &[
        when("[data-testid='icon-unread-count']", Fits::Count, "2022-05 to 2023-07, 2026-06 on"),
        when("[aria-colindex='1'] span[aria-label]", Fits::Count, "2021-04 on"),
        when("span[aria-label]", Fits::Count, "2016-03 on"),
    ],
);

/// Within a row: the beginning of the last message, whole in its `title`.
pub(super) static PREVIEW: Locator = Locator::new(
    "preview",
    &[
        is("[data-testid='last-msg-status'][title]", "2022-05 to 2023-07, 2026-06 on"),
        is("[data-testid='cell-frame-secondary'] span[title]", "2022-05 to 2023-07, 2026-06 on"),
        is("[aria-colindex='2'] > :last-child span[title]", "2021-04 on"),
    ],
);

/// The badge of a chat that was marked as unread by hand: it has no number.
pub(super) static MARKED: Locator = Locator::new(
    "marked unread",
    &[
        when("[data-testid='icon-unread-count']", Fits::Blank, "2022-05 to 2023-07, 2026-06 on"),
        when("[aria-colindex='1'] span[aria-label]", Fits::Blank, "2021-04 on"),
    ],
);

/// Within a row: its chat is muted.
pub(super) static MUTED: Locator = Locator::new(
    "muted",
    &[is("[data-icon^='mute']", "2021-04 on"), when("svg > title", Fits::Icon(&["mute"]), "2025-06 on")],
);

/// Within a row: its chat is pinned.
pub(super) static PINNED: Locator = Locator::new(
    "pinned",
    &[is("[data-icon^='pin']", "2021-04 on"), when("svg > title", Fits::Icon(&["pin"]), "2025-06 on")],
);

/// Within a row or a header: the picture of a group that has none of its own.
pub(super) static GROUP: Locator = Locator::new(
    "group",
    &[
        is("[data-icon^='default-group'], [data-icon^='default-community']", "2021-04 on"),
        when("svg > title", Fits::Icon(&["default-group", "default-community"]), "2025-06 on"),
    ],
);

/// Within a row or a header: the picture of a person who has none.
pub(super) static PERSON: Locator = Locator::new(
    "person",
    &[
        is("[data-icon^='default-user'], [data-icon^='default-contact']", "2021-04 on"),
        when("svg > title", Fits::Icon(&["default-user", "default-contact"]), "2025-06 on"),
    ],
);

/// Within a row: it is the open chat.
pub(super) const SELECTED: &str = "[aria-selected='true']";

/// The field that searches chats.
pub(super) static SEARCH: Locator = Locator::new(
    "search",
    &[
        is("#side input[data-tab='3']", "2026-03 on"),
        is("#side [contenteditable='true'][data-tab='3']", "2021-04 to 2026-02"),
        is("#side input[type='text'], #side [contenteditable='true']", "2016-03 on"),
    ],
);

/// Icons of 2025-09 to 2026-01 bring a `mask` with the id `main` along.
pub(super) static CONVERSATION: Locator = Locator::new("conversation", &[is("div#main", "2016-03 on")]);

/// Within the conversation: the bar with its title.
pub(super) static HEADER: Locator = Locator::new("header", &[is("header", "2016-03 on")]);

/// Within the header. A chat with oneself has a second `span[dir=auto]`, which says so.
pub(super) static OPEN_TITLE: Locator = Locator::new(
    "conversation title",
    &[
        when(
            "[data-testid='conversation-info-header-chat-title']",
            Fits::Text,
            "2022-09 to 2023-07, 2026-06 on",
        ),
        when("[role='button'][data-tab='6'] span[dir='auto']", Fits::Text, "2025-06 on"),
        when("[role='button'] span[dir='auto']", Fits::Text, "2021-04 on"),
        when("span[dir='auto']", Fits::Text, "2016-03 on"),
    ],
);

/// Within the header: the title, and behind it what a chat with oneself says.
pub(super) const TITLES: &str = "[role='button'] span[dir='auto']";

/// Within the header: the line under the title, with the members of a group.
pub(super) static SUBTITLE: Locator =
    Locator::new("subtitle", &[is("span[title]:not([dir])", "2023-02 on"), is("span[title]", "2016-03 on")]);

/// Within the conversation: the bar with the composer. Channels have none.
pub(super) static FOOTER: Locator = Locator::new("footer", &[is("footer", "2016-03 on")]);

/// Within the footer; or, on a page whose conversation has another name, within the app.
pub(super) static COMPOSER: Locator = Locator::new(
    "composer",
    &[
        is("[contenteditable='true'][data-tab='10']", "2022-05 on"),
        is("footer [contenteditable='true'][role='textbox']", "2022-05 on"),
        is("footer [contenteditable='true']", "2016-03 on"),
        when("[contenteditable='true']", Fits::Low, "2016-03 on"),
    ],
);

/// The file input of the paperclip: one for everything, or one for pictures.
pub(super) static FILES: Locator = Locator::new(
    "file field",
    &[
        is("input[type='file']:not([accept])", "2016-03 on"),
        is("input[type='file'][accept='*']", "2020-09 on"),
        is("input[type='file']", "2016-03 on"),
    ],
);

/// Content of the composer that is not text.
pub(super) const NOT_TEXT: &str = "img, [data-lexical-decorator]";

/// Pictures, and those with an alternative text.
pub(super) const PICTURE: &str = "img, svg, canvas";
pub(super) const EMOJI: &str = "img[alt]";

/// Elements that `textContent` loses: images of emoji, and line breaks.
pub(super) const NOT_PLAIN: &str = "img, br, p, div";

/// Within the conversation: a message. Its id began with `true_` or `false_` and named the chat until 2026-03.
pub(super) const MESSAGE: &str = "[data-id]";

/// Within a message: what can be copied as text, with the time and the author in [`PRE_PLAIN`].
pub(super) static MESSAGE_TEXT: Locator = Locator::new(
    "message text",
    &[
        is("[data-pre-plain-text] [data-testid='selectable-text']", "2025-12 on"),
        is("[data-pre-plain-text] .selectable-text", "2020-09 to 2025-12"),
        is("[data-pre-plain-text] span[dir]", "2019-11 on"),
    ],
);

/// The attribute with a message's id.
pub(super) const MESSAGE_ID: &str = "data-id";

/// Within a message: a block with text.
pub(super) const WRITTEN: &str = "[data-pre-plain-text]";

/// The attribute of a text block that says when it was written and by whom: `[18:16, 19/05/2026] NAME: `.
pub(super) const PRE_PLAIN: &str = "data-pre-plain-text";

/// At or in a message: it is the account's own. Ticks are drawn for those only, and `align-items: flex-end` is the
/// class `xuk3077` in every build since 2024-03, as it is made from the declaration.
pub(super) static OUT: Locator = Locator::new(
    "outgoing",
    &[
        is(".focusable-list-item.xuk3077", "2024-03 on"),
        is("[data-testid='tail-out'], [data-icon='tail-out']", "2020-09 on"),
        when("svg > title", Fits::Icon(&TICKS), "2025-06 on"),
        is(
            "[data-icon^='msg-check'], [data-icon^='msg-dblcheck'], [data-icon^='msg-time']",
            "2020-09 to 2025-06",
        ),
        is(".message-out", "2016-03 to 2026-03"),
    ],
);

/// The ticks and the clock of the account's own messages.
const TICKS: [&str; 7] = [
    "wds-ic-read",
    "wds-ic-delivered",
    "wds-ic-sent",
    "wds-ic-pending",
    "msg-check",
    "msg-dblcheck",
    "msg-time",
];

/// At or in a message: it is somebody else's.
pub(super) static IN: Locator = Locator::new(
    "incoming",
    &[
        is(".focusable-list-item.x1cy8zhl", "2024-03 on"),
        is("[data-testid='tail-in'], [data-icon='tail-in']", "2020-09 on"),
        is("[data-testid='author']", "2022-09 to 2023-07, 2026-06 on"),
        is(".message-in", "2016-03 to 2026-03"),
    ],
);

/// Within a message of a group: who wrote it.
pub(super) static AUTHOR: Locator =
    Locator::new("author", &[when("[data-testid='author']", Fits::Text, "2022-09 to 2023-07, 2026-06 on")]);

/// Attributes whose values are WhatsApp's own words, for a report.
pub(super) const TOLD_VALUES: [&str; 11] = [
    "id",
    "role",
    "dir",
    "type",
    "data-testid",
    "data-tab",
    "data-icon",
    "contenteditable",
    "aria-selected",
    "aria-colindex",
    "data-scrolltracepolicy",
];
/// Attributes that a report names without their values, which may be anybody's name.
pub(super) const TOLD_NAMES: [&str; 6] =
    ["title", "aria-label", "data-id", "data-pre-plain-text", "data-lexical-editor", "aria-rowcount"];

/// The attributes of rows and of what is in them that are read here.
pub(super) const ROW_ATTRIBUTES: [&str; 3] = ["style", "title", "aria-selected"];

/// The attributes in the header and the footer that are read here. The composer's label names the chat.
pub(super) const BAR_ATTRIBUTES: [&str; 2] = ["aria-label", "contenteditable"];

/// Within the footer: the send button. Without a draft, the microphone is in its place.
pub(super) static SEND: Locator = Locator::new(
    "send",
    &[
        is("[data-testid='send'], [data-testid='compose-btn-send']", "2021-04 on"),
        is("button[data-tab='11'], [role='button'][data-tab='11']", "2022-03 on"),
        is("[data-icon='wds-ic-send-filled'], [data-icon='send']", "2016-03 on"),
        when("svg > title", Fits::Icon(&["wds-ic-send-filled", "send"]), "2025-06 on"),
    ],
);

/// Buttons. All buttons in the footer lead to messages (send, voice message, attachments, stickers).
pub(super) const BUTTON: &str = "button, [role='button'], [data-tab='11']";

/// Within [`APP`]: a dialog, which takes the keyboard focus.
pub(super) static DIALOG: Locator = Locator::new(
    "dialog",
    &[
        when("[data-animate-modal-popup='true']", Fits::Sized, "2021-04 on"),
        when("[role='dialog']", Fits::Sized, "2021-04 on"),
        when("[aria-modal='true']", Fits::Sized, "2021-04 on"),
        when(
            "#wa-popovers-bucket [role='menu'], #wa-popovers-bucket [role='application']",
            Fits::Sized,
            "2025-06 on",
        ),
    ],
);

/// Within [`APP`]: a drawer, such as the one with a contact's details.
pub(super) static DRAWER: Locator = Locator::new(
    "drawer",
    &[
        when("[data-testid^='drawer-'] > *", Fits::Sized, "2022-05 to 2023-07, 2026-06 on"),
        when("#pane-side:not(#side #pane-side)", Fits::Sized, "2021-04 on"),
    ],
);

/// Within [`APP`]: a bar that shows loading.
pub(super) static LOADING: Locator =
    Locator::new("loading", &[is("progress, [role='progressbar']", "2016-03 on")]);

/// Within [`APP`]: the code to log in with.
pub(super) static LOGIN: Locator =
    Locator::new("login", &[is("[data-ref]", "2016-03 on"), is("canvas", "2016-03 on")]);

/// Elements whose insides are not part of the skeleton: lists, bars and pictures change often and contain no parts.
pub(super) const INTERIOR: &str = "header, footer, #pane-side, [data-tab='8'], [role='application'], \
     [role='tablist'], [role='dialog'], button, [role='button'], svg, [data-icon], [data-baton]";

/// How deep below [`APP`] the skeleton goes. The parts lie six to seven levels deep since 2025-12.
pub(super) const SKELETON_DEPTH: usize = 8;

/// The class that makes room for the sidebar.
pub(super) const ROOM_CLASS: &str = "baton-room";

/// The CSS rules that shrink WhatsApp's layout and pad the conversation's footer, so that this room stays free.
pub(super) fn room_rule(RoomSize { aside, button, band }: RoomSize) -> String {
    format!(
        "html.{ROOM_CLASS} #app > div {{ width: calc(100% - {aside}px) !important; }}\n\
         html.{ROOM_CLASS} footer {{ \
         border-inline-end: {button}px solid transparent !important; \
         border-block-start: {band}px solid transparent !important; }}"
    )
}

/// The attribute of all of Baton's host elements.
pub(super) const OURS: &str = "data-baton";

const fn is(css: &'static str, seen: &'static str) -> Candidate {
    Candidate { css, fits: Fits::Always, seen }
}

const fn when(css: &'static str, fits: Fits, seen: &'static str) -> Candidate {
    Candidate { css, fits, seen }
}

/// The value of a field, whichever kind of field it is.
pub(super) fn value(field: &Element) -> String {
    match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => field.text_content().unwrap_or_default(),
    }
}
