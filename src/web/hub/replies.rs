//! Facts about replies that stay in this browser: how often its person uses each, and their earlier versions.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use baton_core::id::ReplyId;
use baton_core::replica::{Key, Register, Value};
use baton_core::team::reply::is_past;
use baton_core::uses::Uses;
use baton_core::versions;
use baton_core::wire::{self, FromHub, Malformed, ToHub};
use wasm_bindgen::JsValue;

use super::{Context, State, Team, post};
use crate::browser::clock;

/// The key of the note that holds the usage counts.
const USES: &str = "uses";
/// The interval at which a browser publishes its usage counts, in minutes.
const A_DAY: u32 = 24 * 60;

impl State {
    /// Handles a request about replies from a page or the desk.
    pub(super) async fn reply(&mut self, port: &JsValue, account: &str, asked: ToHub, context: &Rc<Context>) {
        let now = (clock::now() / 60_000) as u32;
        let Some(team) = self.teams.get(account) else { return };
        match asked {
            ToHub::Used { reply, tags } => {
                let Ok(reply) = reply.parse() else { return };
                let tags: Vec<_> = tags.iter().filter_map(|tag| tag.parse().ok()).collect();
                let Some(mut uses) = team.uses().await else { return };
                uses.note(reply, &tags, now);
                self.keep_uses(account, &uses).await;
                self.tell_team(account, &uses, now, context).await;
            }
            ToHub::Pin { reply, on } => {
                let Ok(reply) = reply.parse() else { return };
                let Some(mut uses) = team.uses().await else { return };
                uses.pin(reply, on);
                self.keep_uses(account, &uses).await;
            }
            ToHub::Versions { reply } => {
                let versions = team.disk.note(&note_of(&reply)).await.ok().flatten().unwrap_or_default();
                post(port, &FromHub::Versions { reply, versions });
            }
            ToHub::Files => {
                let files = team.disk.files().await.unwrap_or_default();
                self.tell(account, None, &FromHub::Files { files });
                team.sweep_files().await;
            }
            ToHub::FilePart { reply, at, offset } => {
                let part = team.disk.file_part(&reply, at, offset).await.ok().flatten();
                let part = part.map(|part| STANDARD_NO_PAD.encode(part));
                post(port, &FromHub::FilePart { reply, at, offset, part });
            }
            _ => {}
        }
    }

    /// Sends usage counts and the list of attached files to a page that has just greeted the hub.
    pub(super) async fn tell_uses(&self, port: &JsValue, account: &str) {
        let Some(team) = self.teams.get(account) else { return };
        if let Ok(Some(uses)) = team.disk.note(USES).await {
            post(port, &FromHub::Uses { uses });
        }
        if let Ok(files) = team.disk.files().await
            && !files.is_empty()
        {
            post(port, &FromHub::Files { files });
        }
    }

    async fn keep_uses(&self, account: &str, uses: &Uses) {
        let Some(team) = self.teams.get(account) else { return };
        let text = wire::encode_uses(uses);
        // Losing one usage count is harmless.
        let _ = team.disk.write_notes(&[(USES.to_owned(), text.clone())]).await;
        self.tell(account, None, &FromHub::Uses { uses: text });
    }

    /// Publishes this browser's usage counts to the team, once a day.
    async fn tell_team(&mut self, account: &str, uses: &Uses, now: u32, context: &Rc<Context>) {
        let Some(team) = self.teams.get(account) else { return };
        let key = Key::DeviceUses(team.writer.hub().device());
        let told = team.writer.hub().written(&key);
        if told.is_none_or(|told| told + A_DAY <= now) {
            let totals = Value::Text(uses.totals().write());
            self.edit(account, vec![(key, totals)], context).await;
        }
    }

    /// Adds the new text of changed replies to their version history.
    pub(super) async fn remember_versions(&self, account: &str, changed: &[(Key, Register)]) {
        let Some(team) = self.teams.get(account) else { return };
        let mut replies: Vec<ReplyId> = changed
            .iter()
            .filter_map(|(key, _)| match key {
                Key::ReplyTitle(id) | Key::ReplyShortcut(id) | Key::ReplyBody(id) => Some(*id),
                _ => None,
            })
            .collect();
        replies.sort_unstable();
        replies.dedup();
        let mut notes = Vec::new();
        for reply in replies {
            let Some(now) = team.writer.hub().version_of(reply) else { continue };
            let name = note_of(&reply.to_string());
            // Don't overwrite a history that can't be read now.
            let Ok(text) = team.disk.note(&name).await else { continue };
            let mut all = match text.map(|text| wire::decode_versions(&text)) {
                Some(Err(Malformed::Newer)) => continue,
                read => read.and_then(Result::ok).unwrap_or_default(),
            };
            if versions::add(&mut all, now) {
                notes.push((name, wire::encode_versions(&all)));
            }
        }
        if !notes.is_empty() {
            // The reply itself is stored elsewhere. If this write fails, only its history lacks an entry.
            let _ = team.disk.write_notes(&notes).await;
        }
    }
}

impl Team {
    /// The usage counts of this browser; `None` if they can't be read now and must not be overwritten.
    async fn uses(&self) -> Option<Uses> {
        match self.disk.note(USES).await.ok()?.map(|text| wire::decode_uses(&text)) {
            Some(Err(Malformed::Newer)) => None,
            read => Some(read.and_then(Result::ok).unwrap_or_default()),
        }
    }

    /// Deletes the files of replies that were deleted long ago. The files are large, and no view shows them any more.
    pub(super) async fn sweep_files(&self) {
        let files = self.disk.files().await.unwrap_or_default();
        if files.is_empty() {
            return;
        }
        let (document, now) = (self.writer.hub().document(), (clock::now() / 60_000) as u32);
        let is_past = |reply: &str| reply.parse().is_ok_and(|reply| is_past(document, reply, now));
        for file in files.iter().filter(|file| is_past(&file.reply)) {
            // If this file can't be deleted now, the next sweep deletes it.
            let _ = self.disk.keep_file(&file.reply, file.at, None).await;
        }
    }
}

/// The key of the note that holds a reply's version history.
fn note_of(reply: &str) -> String {
    ["versions.", reply].concat()
}
