//! Reports of a whole page, for people who investigate why a page is read wrongly.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use baton_core::app::reading::Layout;

use super::find::Locator;
use super::list::{Chat, List, Touched};
use super::locators::{ALL, APP, DIALOG, DRAWER, GROUP, MARKED, MUTED, PERSON, PINNED, SEARCH, value};
use super::messages::{self, Direction, Sides};
use super::outline::outline;
use super::parts::Parts;
use super::{conversation, draft, store, theme};
use crate::dom::document;

/// Reads the page from scratch into an object: `rows`, `chat`, `messages`, `composer`, `dark`, `lang`, `dir`, `missing`,
/// and for each locator that hit, its candidate.
pub(super) fn read() -> JsValue {
    let document = document();
    ALL.iter().for_each(|locator| locator.reset());
    let parts = Parts::find(&document);
    let mut list = List::default();
    list.read(parts.grid.as_ref(), &Touched::all());
    let search = parts.app.as_ref().and_then(|app| SEARCH.find(app));
    let searching = search.is_some_and(|field| !value(&field).trim().is_empty());
    let title = parts.open_title().map(|it| draft::text_with_emoji(&it).trim().to_owned());
    let layout = parts.layout(&list, true, false);
    let rtl = theme::is_rtl(&document);
    let own = store::own_name();
    let sides = Sides::new(own.as_deref(), title.as_deref(), rtl);
    let messages = parts.conversation.as_ref().map(|it| messages::read(it, &sides)).unwrap_or_default();
    let kind = title.as_deref().and_then(|title| conversation::kind(&parts, &messages, title));
    let composer = parts.composer.as_ref().map(|it| if draft::is_empty(it) { "empty" } else { "draft" });
    let rows: Array = if searching {
        Array::new()
    } else {
        list.chats().map(|(seen, chat)| row(&seen.element, chat)).collect()
    };
    let missing: Array = match &layout {
        Layout::Unknown(missing) => missing.iter().map(|part| JsValue::from_str(part)).collect(),
        _ => Array::new(),
    };
    let hits = ALL.iter().filter_map(|locator| Some((locator.name, text(locator.hit()?))));
    let within_app =
        |locator: &Locator| JsValue::from(parts.app.as_ref().is_some_and(|app| locator.find(app).is_some()));
    let html = document.document_element();
    object([
        ("rows", rows.into()),
        ("chat", title.map_or(JsValue::NULL, text)),
        ("kind", kind.map_or(JsValue::NULL, JsValue::from_str)),
        ("messages", messages.iter().map(message).collect::<Array>().into()),
        ("composer", composer.map_or(JsValue::NULL, JsValue::from_str)),
        ("dark", theme::is_dark(&document).into()),
        ("lang", html.and_then(|it| it.get_attribute("lang")).map_or(JsValue::NULL, text)),
        ("dir", if rtl { "rtl" } else { "ltr" }.into()),
        ("screen", screen(&layout).into()),
        ("searching", searching.into()),
        ("dialog", within_app(&DIALOG)),
        ("drawer", within_app(&DRAWER)),
        ("missing", missing.into()),
        ("hits", object(hits)),
    ])
}

/// The text for a bug report: which locators hit, and the outline of the page. It contains nobody's texts or numbers.
pub(super) fn text_for_maintainers(version: &str) -> String {
    let document = document();
    let reading = read();
    let get = |name: &str| Reflect::get(&reading, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let count = |name: &str| get(name).dyn_into::<Array>().map_or(0, |it| it.length());
    let word = |name: &str| get(name).as_string().unwrap_or_else(|| "none".to_owned());
    let missing: Vec<String> = get("missing")
        .dyn_into::<Array>()
        .unwrap_or_default()
        .iter()
        .filter_map(|it| it.as_string())
        .collect();
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    let mut lines = vec![
        format!("Baton {version} on {agent}"),
        format!("screen: {}, language: {}, direction: {}", word("screen"), word("lang"), word("dir")),
        format!("missing: {}", if missing.is_empty() { "nothing".to_owned() } else { missing.join(", ") }),
        format!("rows: {}, messages: {}, composer: {}", count("rows"), count("messages"), word("composer")),
        String::new(),
        "How each part was found:".to_owned(),
    ];
    lines.extend(ALL.iter().map(|locator| match locator.hit() {
        Some(hit) => format!("  {}: {hit} ({})", locator.name, locator.seen().unwrap_or("from an update")),
        None => format!("  {}: not found, {} ways tried", locator.name, locator.ways()),
    }));
    lines.push(String::new());
    lines.push("How the page is built:".to_owned());
    let body = document.body().map(Element::from);
    lines
        .extend(document.document_element().and_then(|html| APP.find(&html)).or(body).map(|it| outline(&it)));
    lines.join("\n")
}

fn screen(layout: &Layout) -> &'static str {
    match layout {
        Layout::Waiting => "loading",
        Layout::LoggedOut => "logged out",
        Layout::Known => "chats",
        Layout::Unknown(_) => "unknown",
    }
}

fn row(element: &Element, chat: &Chat) -> JsValue {
    let is = |locator: &Locator| JsValue::from(locator.find(element).is_some());
    object([
        ("title", text(&chat.title)),
        ("unread", chat.unread.into()),
        ("selected", chat.selected.into()),
        ("marked", is(&MARKED)),
        ("muted", is(&MUTED)),
        ("pinned", is(&PINNED)),
        // Only the placeholder pictures tell groups from persons; a real picture tells nothing.
        (
            "group",
            if GROUP.find(element).is_some() {
                JsValue::TRUE
            } else if PERSON.find(element).is_some() {
                JsValue::FALSE
            } else {
                JsValue::NULL
            },
        ),
    ])
}

fn message(message: &messages::Message) -> JsValue {
    let direction = match message.direction {
        Direction::In => "in",
        Direction::Out => "out",
    };
    object([
        ("id", text(&message.id)),
        ("direction", direction.into()),
        ("text", message.text.is_some().into()),
        ("author", message.author.as_deref().map_or(JsValue::NULL, JsValue::from_str)),
    ])
}

fn text(text: impl AsRef<str>) -> JsValue {
    JsValue::from_str(text.as_ref())
}

fn object<'a>(properties: impl IntoIterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        // An object of ours takes any property.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
