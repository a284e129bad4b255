//! Team files as text: reading one that was chosen, and handing one out.

use baton_core::exchange::{FILE_BYTES, Unusable};
use baton_core::wire::{FILE_VERSION, FileMember, FileReply, FileTag, TeamFile};
use js_sys::{Array, Date, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::browser::json::to_js;
use crate::browser::runtime::get;
use crate::ui::dom::{Build, el};
use crate::whatsapp::update;

/// What a file turned out to be.
pub(crate) enum Chosen {
    /// A team's tags, replies and people.
    Team(TeamFile),
    /// A layout update, or what claims to be one.
    Layout(String),
}

/// Reads a file. It may be anything at all.
pub(crate) async fn read(file: web_sys::File) -> Result<Chosen, Unusable> {
    if file.size() > f64::from(FILE_BYTES) {
        return Err(Unusable::TooBig);
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    let text = text.ok_or(Unusable::NotBaton)?;
    if update::is_one(&text) {
        return Ok(Chosen::Layout(text));
    }
    let value = JSON::parse(&text).map_err(|_| Unusable::NotBaton)?;
    let version = get(&value, "baton").ok().and_then(|it| it.as_f64()).ok_or(Unusable::NotBaton)?;
    // The rest of a later version need not look like ours, so the version is looked at first.
    if version > f64::from(FILE_VERSION) {
        return Err(Unusable::Newer);
    }
    team(&value, version as u32).map(Chosen::Team).ok_or(Unusable::NotBaton)
}

/// What is missing reads as empty; what is of another kind makes it another kind of file.
fn team(value: &JsValue, baton: u32) -> Option<TeamFile> {
    let tags = list(value, "tags", |it| {
        Some(FileTag { id: text(it, "id")?, name: text(it, "name")?, colour: text(it, "colour")? })
    });
    let replies = list(value, "replies", |it| {
        let (id, title) = (text(it, "id")?, text(it, "title")?);
        Some(FileReply { id, title, shortcut: text(it, "shortcut")?, body: text(it, "body")? })
    });
    let members = list(value, "members", |it| {
        let (id, name) = (text(it, "id")?, text(it, "name")?);
        Some(FileMember { id, name, initials: text(it, "initials")?, colour: text(it, "colour")? })
    });
    Some(TeamFile { baton, tags: tags?, replies: replies?, members: members? })
}

fn list<T>(of: &JsValue, name: &str, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let value = get(of, name).ok()?;
    if value.is_undefined() {
        return Some(Vec::new());
    }
    value.dyn_into::<Array>().ok()?.iter().map(|it| read(&it)).collect()
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    let value = get(of, name).ok()?;
    if value.is_undefined() { Some(String::new()) } else { value.as_string() }
}

/// Lets the browser save a file where it saves downloads.
pub(crate) fn download(file: &TeamFile) -> Result<(), JsValue> {
    let text = JSON::stringify_with_replacer_and_space(&to_js(file), &JsValue::NULL, &2.into())?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let today = Date::new_0();
    let name = format!(
        "baton-team-{}-{:02}-{:02}.json",
        today.get_full_year(),
        today.get_month() + 1,
        today.get_date()
    );
    let link: HtmlAnchorElement = el("a").attr("href", &url).attr("download", &name).unchecked_into();
    link.click();
    // The click has taken the blob along.
    Url::revoke_object_url(&url)
}
