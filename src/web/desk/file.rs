//! Reads the files that a person chose, of whatever kind, as text, and saves files for the person.

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::Msg as SyncCentre;
use baton_core::restore::{BACKUP_BYTES, BACKUP_VERSION, Backup, NoBackup};
use baton_core::team_file::{FILE_BYTES, Unusable};
use baton_core::wire::{
    FILE_VERSION, FileField, FileMember, FileReply, FileTag, ForeignFile, SentWords, SkippedEntry, TeamFile,
};
use baton_core::{codes, wire};
use js_sys::{Array, Date, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::browser::codes as pictures;
use crate::browser::json::to_js;
use crate::browser::runtime::get;
use crate::browser::text::decode;
use crate::browser::worker::Worker;
use crate::dom::{Build, el};
use crate::ui::desk::Purpose;
use crate::whatsapp::update;

/// The result of reading the chosen files.
pub(super) enum Chosen {
    /// A message for the model.
    Msg(Msg),
    /// A layout update, not verified yet.
    Layout(String),
    /// A file that may come from another tool: its name and its bytes.
    Foreign(String, JsValue),
}

/// Reads the chosen files, which may be of any kind. All pictures are searched for QR codes; of other files, only the
/// first is read.
pub(super) async fn read(files: Vec<File>, purpose: Purpose) -> Option<Chosen> {
    let (images, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| file.type_().starts_with("image/"));
    if let Some(file) = others.first() {
        return Some(read_one(file, purpose).await);
    }
    if images.is_empty() {
        return None;
    }
    if !pictures::load().await {
        return Some(Chosen::Msg(Msg::SyncCentre(SyncCentre::CodesReady(false))));
    }
    let mut read = Vec::new();
    for image in &images {
        read.push(pictures::read(image).await);
    }
    Some(Chosen::Msg(Msg::SyncCentre(SyncCentre::Read(read))))
}

async fn read_one(file: &File, purpose: Purpose) -> Chosen {
    let refused = |why| {
        Chosen::Msg(match purpose {
            Purpose::Import | Purpose::Attach => Msg::Files(desk::files::Msg::Chosen(Err(why))),
            Purpose::Packet => Msg::SyncCentre(SyncCentre::NoPacket),
            Purpose::Backup => Msg::SyncCentre(SyncCentre::Chosen(Err(NoBackup::Malformed))),
        })
    };
    if file.size() > f64::from(BACKUP_BYTES) {
        return refused(Unusable::TooBig);
    }
    let Ok(bytes) = JsFuture::from(file.array_buffer()).await else { return refused(Unusable::NotBaton) };
    let Some(text) = decode(&bytes) else { return refused(Unusable::NotBaton) };
    if update::is_one(&text) {
        return Chosen::Layout(text);
    }
    if wire::is_packet(&text) || codes::is_code(&text) {
        return Chosen::Msg(Msg::SyncCentre(SyncCentre::TakeIn(text)));
    }
    let value = JSON::parse(&text).unwrap_or(JsValue::NULL);
    if let Some(version) = number(&value, "baton_backup") {
        return Chosen::Msg(Msg::SyncCentre(SyncCentre::Chosen(backup(&value, version))));
    }
    let Some(version) = number(&value, "baton") else {
        return match purpose {
            Purpose::Import => Chosen::Foreign(file.name(), bytes),
            _ => refused(Unusable::NotBaton),
        };
    };
    if file.size() > f64::from(FILE_BYTES) {
        return refused(Unusable::TooBig);
    }
    // A later version may have a different structure, so the version is checked first.
    let team = if version > f64::from(FILE_VERSION) {
        Err(Unusable::Newer)
    } else {
        team(&value, version as u32).ok_or(Unusable::NotBaton)
    };
    Chosen::Msg(Msg::Files(desk::files::Msg::Chosen(team)))
}

/// Starts the importer on another tool's file, and sends its progress and its result. Dropping the returned worker
/// stops the import.
pub(super) fn read_foreign(
    name: &str,
    bytes: &JsValue,
    send: impl Fn(Msg) + Clone + 'static,
) -> Option<Worker> {
    let work = Array::of2(&name.into(), bytes);
    let on_message = {
        let send = send.clone();
        move |message: JsValue| {
            send(match message.as_f64() {
                Some(hundredths) => Msg::Files(desk::files::Msg::Reading(hundredths.min(100.0) as usize)),
                None => Msg::Files(desk::files::Msg::ForeignRead(answer(&message))),
            });
        }
    };
    let worker = Worker::start("importer.js", &work, &Array::of1(bytes), on_message).ok();
    if worker.is_none() {
        send(Msg::Files(desk::files::Msg::ForeignRead(answer(&JsValue::UNDEFINED))));
    }
    worker
}

/// Decodes the importer's answer. A value of any other form is an error without a message: the importer failed.
fn answer(message: &JsValue) -> Result<ForeignFile, SentWords> {
    let foreign = |it: JsValue| {
        let skipped = list(&it, "skipped", |it| {
            Some(SkippedEntry {
                line: number(it, "line")? as usize,
                name: text(it, "name")?,
                why: words(&get(it, "why").ok()?)?,
                taken: get(it, "taken").ok()?.is_truthy(),
            })
        });
        let team = team(&get(&it, "team").ok()?, FILE_VERSION)?;
        Some(ForeignFile { team, skipped: skipped?, more: number(&it, "more")? as usize })
    };
    match get(message, "Ok").ok().and_then(foreign) {
        Some(file) => Ok(file),
        None => Err(get(message, "Err").ok().and_then(|it| words(&it)).unwrap_or_default()),
    }
}

fn words(message: &JsValue) -> Option<SentWords> {
    Some(SentWords { name: text(message, "name")?, with: list(message, "with", JsValue::as_string)? })
}

/// Saves the replies in another tool's format.
pub(super) fn save_text(ending: &'static str, text: &str) -> Result<(), JsValue> {
    save("replies", ending, &text.into())
}

fn number(of: &JsValue, name: &str) -> Option<f64> {
    get(of, name).ok()?.as_f64()
}

fn backup(value: &JsValue, version: f64) -> Result<Backup, NoBackup> {
    if version > f64::from(BACKUP_VERSION) {
        return Err(NoBackup::Newer);
    }
    let text = |name| text(value, name).ok_or(NoBackup::Malformed);
    let made = Date::parse(&text("made")?);
    Ok(Backup {
        version: version as u32,
        team: text("team")?,
        // An invalid date reads as the epoch.
        made: made as u64,
        registers: text("registers")?,
    })
}

/// Decodes a team file. A missing part reads as empty; a part of the wrong type means that the file is not a team file.
fn team(value: &JsValue, baton: u32) -> Option<TeamFile> {
    let tags = list(value, "tags", |it| {
        Some(FileTag { id: text(it, "id")?, name: text(it, "name")?, colour: text(it, "colour")? })
    });
    let replies = list(value, "replies", |it| {
        let given = |name| get(it, name).is_ok_and(|value| !value.is_undefined());
        Some(FileReply {
            id: text(it, "id")?,
            title: text(it, "title")?,
            shortcut: text(it, "shortcut")?,
            body: text(it, "body")?,
            folder: if given("folder") { Some(text(it, "folder")?) } else { None },
            tags: if given("tags") { Some(list(it, "tags", JsValue::as_string)?) } else { None },
            mine: get(it, "mine").ok()?.is_truthy(),
            archived: if given("archived") { Some(get(it, "archived").ok()?.is_truthy()) } else { None },
        })
    });
    let fields =
        list(value, "fields", |it| Some(FileField { name: text(it, "name")?, value: text(it, "value")? }));
    let members = list(value, "members", |it| {
        let (id, name) = (text(it, "id")?, text(it, "name")?);
        Some(FileMember { id, name, initials: text(it, "initials")?, colour: text(it, "colour")? })
    });
    Some(TeamFile { baton, tags: tags?, replies: replies?, fields: fields?, members: members? })
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

/// Saves a team's tags, replies and people as a file.
pub(super) fn save_team(file: &TeamFile) -> Result<(), JsValue> {
    let text = JSON::stringify_with_replacer_and_space(&to_js(file), &JsValue::NULL, &2.into())?;
    save("team", "json", &text)
}

/// Saves a backup. None of its texts contains a character that JSON would escape.
pub(super) fn save_backup(backup: &Backup) -> Result<(), JsValue> {
    let Backup { version, team, made, registers } = backup;
    let made = Date::new(&(*made as f64).into()).to_iso_string();
    let made = made.as_string().unwrap_or_default();
    let version = version.to_string();
    let text = [
        "{\"baton_backup\":",
        &version,
        ",\"team\":\"",
        team,
        "\",\"made\":\"",
        &made,
        "\",\"registers\":\"",
        registers,
        "\"}\n",
    ];
    save("backup", "json", &text.concat().into())
}

/// Saves a packet.
pub(super) fn save_packet(text: &str) -> Result<(), JsValue> {
    save("packet", "txt", &text.into())
}

/// Saves a text as a download, under a name with today's date.
fn save(what: &str, kind: &str, text: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(match kind {
        "json" => "application/json",
        "csv" => "text/csv",
        _ => "text/plain",
    });
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(text), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let today = Date::new_0();
    let name = format!(
        "baton-{what}-{}-{:02}-{:02}.{kind}",
        today.get_full_year(),
        today.get_month() + 1,
        today.get_date()
    );
    let link: HtmlAnchorElement = el("a").attr("href", &url).attr("download", &name).unchecked_into();
    link.click();
    // The click has already read the blob.
    Url::revoke_object_url(&url)
}
