//! Fetches a reply's files from the hub's database in parts, and hands them to WhatsApp's preview. A message can't hold
//! a whole file.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::wire::{Blob, FileNote, FilePart, ReadFilePart};
use js_sys::{Array, Uint8Array};
use web_sys::{DataTransfer, File, FileList, FilePropertyBag};

use super::{App, State};

/// The files that are being fetched.
pub(super) struct Fetching {
    notes: Vec<FileNote>,
    /// The files that are complete.
    whole: Vec<File>,
    /// The parts of the next file that have arrived.
    parts: Vec<Uint8Array>,
    bytes: u32,
    /// Whether the pending part was requested a second time because the hub was stopped before it answered.
    again: bool,
}

/// The next step after a part.
pub(super) enum Next {
    /// Request another part.
    Ask(ReadFilePart),
    /// All files are complete.
    Give(FileList),
    /// One of the files can't be read.
    Gone,
    /// The part belongs to another request.
    Nothing,
}

impl Fetching {
    /// Starts with the first part of the first file.
    pub(super) fn new(notes: Vec<FileNote>) -> (Fetching, Next) {
        let fetching = Fetching { notes, whole: vec![], parts: vec![], bytes: 0, again: false };
        let next = fetching.ask();
        (fetching, next)
    }

    fn ask(&self) -> Next {
        match self.notes.get(self.whole.len()) {
            Some(note) => Next::Ask(part_of(note, self.bytes)),
            None => list(&self.whole).map_or(Next::Gone, Next::Give),
        }
    }

    /// Handles a part.
    pub(super) fn take(&mut self, part: FilePart) -> Next {
        let Some(note) = self.notes.get(self.whole.len()) else { return Next::Nothing };
        if part.request != part_of(note, self.bytes) {
            return Next::Nothing;
        }
        let Some(Blob(part)) = part.bytes else { return Next::Gone };
        self.again = false;
        self.bytes += part.len() as u32;
        self.parts.push(Uint8Array::from(part.as_slice()));
        if self.bytes < note.size {
            return if part.is_empty() { Next::Gone } else { self.ask() };
        }
        let parts: Array = core::mem::take(&mut self.parts).into_iter().collect();
        let options = FilePropertyBag::new();
        options.set_type(&note.kind);
        match File::new_with_u8_array_sequence_and_options(&parts, &note.name, &options) {
            Ok(file) => self.whole.push(file),
            Err(_) => return Next::Gone,
        }
        self.bytes = 0;
        self.ask()
    }
}

impl App {
    /// Hands files to WhatsApp.
    pub(super) fn give(&self, files: FileList, state: &State) {
        let giving = state.whatsapp.give_files(files);
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let given = giving.await;
            if let Some(app) = this.upgrade() {
                app.send(if given.is_ok() {
                    Msg::Attachments(app::attachments::Msg::Attached)
                } else {
                    Msg::Attachments(app::attachments::Msg::NotAttached)
                });
            }
        });
    }

    /// Requests the pending part again, once, after the hub was stopped.
    pub(super) fn fetch_again(&self) {
        if let Ok(mut state) = self.state.try_borrow_mut() {
            let state = &mut *state;
            if let Some(fetching) = &mut state.fetching {
                let next =
                    if core::mem::replace(&mut fetching.again, true) { Next::Gone } else { fetching.ask() };
                self.fetch(next, state);
            }
        }
        self.work();
    }

    /// Handles a part of a reply's file.
    pub(super) fn on_file_part(&self, part: FilePart) {
        if let Ok(mut state) = self.state.try_borrow_mut() {
            let state = &mut *state;
            if !state.model.is_fetching() {
                // The chat or reply that the files were for is no longer open.
                state.fetching = None;
            }
            if let Some(fetching) = &mut state.fetching {
                let next = fetching.take(part);
                self.fetch(next, state);
            }
        }
        self.work();
    }

    pub(super) fn fetch(&self, next: Next, state: &mut State) {
        match next {
            Next::Ask(request) => self.send_to_hub(&request.into(), state),
            Next::Give(files) => {
                state.fetching = None;
                self.files.replace(Some(files));
                self.stage.queue(Msg::Attachments(app::attachments::Msg::Here));
            }
            Next::Gone => {
                state.fetching = None;
                self.stage.queue(Msg::Attachments(app::attachments::Msg::Gone));
            }
            Next::Nothing => {}
        }
    }
}

/// The request for the part of a file that begins at `offset`.
fn part_of(note: &FileNote, offset: u32) -> ReadFilePart {
    ReadFilePart { reply: note.reply.clone(), at: note.at, offset }
}

/// The files as a `FileList`, the form in which the browser gives chosen files.
fn list(files: &[File]) -> Option<FileList> {
    let data = DataTransfer::new().ok()?;
    for file in files {
        data.items().add_with_file(file).ok()?;
    }
    data.files()
}
