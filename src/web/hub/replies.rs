//! Facts about replies that stay in this browser: how often its person uses each, and their earlier versions.

use std::rc::Rc;

use baton_core::id::ReplyId;
use baton_core::replica::{Key, Register, Value};
use baton_core::team::reply::is_past;
use baton_core::uses::Uses;
use baton_core::versions;
use baton_core::wire::{self, Blob, FilePart, Malformed, ToAll, ToFiles, ToReplies, Versions};
use wasm_bindgen::JsValue;

use super::{Context, State, Team, post, respond};
use crate::browser::clock;

/// The key of the note that holds the usage counts.
const USES: &str = "uses";
/// The interval at which a browser publishes its usage counts, in minutes.
const A_DAY: u32 = 24 * 60;

impl State {
    /// Handles a message about replies.
    pub(super) async fn on_replies(&mut self, port: &JsValue, message: ToReplies, context: &Rc<Context>) {
        let Some(account) = self.account_of(port) else { return };
        if self.load(&account).await.is_err() {
            return;
        }
        let now = (clock::now() / 60_000) as u32;
        let Some(team) = self.teams.get(&account) else { return };
        match message {
            ToReplies::Used { reply, tags } => {
                let Ok(reply) = reply.parse() else { return };
                let tags: Vec<_> = tags.iter().filter_map(|tag| tag.parse().ok()).collect();
                let Some(mut uses) = team.uses().await else { return };
                uses.note(reply, &tags, now);
                self.store_uses(&account, &uses).await;
                self.publish_totals(&account, &uses, now, context).await;
            }
            ToReplies::Pin { reply, on } => {
                let Ok(reply) = reply.parse() else { return };
                let Some(mut uses) = team.uses().await else { return };
                uses.pin(reply, on);
                self.store_uses(&account, &uses).await;
            }
            ToReplies::ReadVersions(request) => {
                // The desk can do nothing with a history that can't be read, so it gets an empty one.
                let text = team.disk.note(&note_of(&request.reply)).await.ok().flatten();
                let versions = text.and_then(|text| wire::decode_versions(&text).ok()).unwrap_or_default();
                respond(port, &request, Versions { reply: request.reply.clone(), versions });
            }
        }
    }

    /// Handles a message about files of replies.
    pub(super) async fn on_files(&mut self, port: &JsValue, message: ToFiles) {
        let account = self.account_of(port);
        let team = match &account {
            Some(account) if self.load(account).await.is_ok() => self.teams.get(account),
            _ => None,
        };
        match message {
            ToFiles::Changed => {
                if let (Some(account), Some(team)) = (account, team) {
                    let files = team.disk.files().await.unwrap_or_default();
                    self.broadcast(&account, None, ToAll::Files(files));
                    team.sweep_files().await;
                }
            }
            ToFiles::ReadPart(request) => {
                let bytes = match team {
                    Some(team) => team.disk.file_part(&request).await.ok().flatten().map(Blob),
                    None => None,
                };
                respond(port, &request, FilePart { request: request.clone(), bytes });
            }
        }
    }

    /// Sends usage counts and the list of attached files to a port that has just said `Hello`.
    pub(super) async fn send_uses_and_files(&self, port: &JsValue, account: &str) {
        let Some(team) = self.teams.get(account) else { return };
        if let Ok(Some(text)) = team.disk.note(USES).await
            && let Ok(uses) = wire::decode_uses(&text)
        {
            post(port, &ToAll::Uses(uses).into());
        }
        if let Ok(files) = team.disk.files().await
            && !files.is_empty()
        {
            post(port, &ToAll::Files(files).into());
        }
    }

    async fn store_uses(&self, account: &str, uses: &Uses) {
        let Some(team) = self.teams.get(account) else { return };
        // Losing one usage count is harmless.
        let _ = team.disk.write_notes(&[(USES.to_owned(), wire::encode_uses(uses))]).await;
        self.broadcast(account, None, ToAll::Uses(uses.clone()));
    }

    /// Publishes this browser's usage counts to the team, once a day.
    async fn publish_totals(&mut self, account: &str, uses: &Uses, now: u32, context: &Rc<Context>) {
        let Some(team) = self.teams.get(account) else { return };
        let key = Key::DeviceUses(team.writer.hub().device());
        let published = team.writer.hub().written(&key);
        if published.is_none_or(|at| at + A_DAY <= now) {
            let totals = Value::Text(uses.totals().write());
            // If this fails, the next use publishes the counts.
            let _ = self.edit(account, vec![(key, totals)], context).await;
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
