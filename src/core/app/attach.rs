//! The files of a reply on their way to WhatsApp. They are for the chat that was open when the text went in, and for no
//! other; fetching them takes a while, and whoever opens another chat meanwhile is told.

use crate::app::model::{Attaching, Inserting, Model};
use crate::app::reading::Composer;
use crate::app::update::Effect;
use crate::wire::FileNote;
use crate::words::Words;

impl Model {
    /// The text of a reply is in the composer: its files follow. Nothing holds Send where WhatsApp shows them, so they
    /// wait while the text has gaps.
    pub(super) fn attach_after(&mut self, inserted: Inserting, files: Vec<FileNote>) -> Vec<Effect> {
        if files.is_empty() {
            vec![]
        } else if inserted.visit != self.visit() || self.guarded() {
            self.files_left()
        } else if inserted.gaps {
            self.attaching = Some(Attaching { visit: inserted.visit, files, waits: true });
            vec![]
        } else {
            self.attach(files)
        }
    }

    /// Somebody asks for the files that wait.
    pub(super) fn attach_waiting(&mut self) -> Vec<Effect> {
        if !self.unfilled().is_empty() {
            return vec![Effect::SelectUnfilled];
        }
        if self.guarded() {
            return self.ask(None);
        }
        self.attaching.take().map(|it| self.attach(it.files)).unwrap_or_default()
    }

    /// The files were fetched.
    pub(super) fn files_here(&mut self) -> Vec<Effect> {
        // A colleague may have taken the chat since the page was read.
        let mut effects = self.check_files();
        if self.is_fetching() {
            self.attaching = None;
            effects.push(Effect::GiveFiles);
        }
        effects
    }

    /// Lets go of files that are not for what is open now, or are for a chat that a colleague has taken meanwhile. Who
    /// has emptied the draft does not want what waited for it.
    pub(super) fn check_files(&mut self) -> Vec<Effect> {
        let (visit, guarded) = (self.visit(), self.guarded());
        let is_empty = self.reading.composer == Composer::Empty;
        let is_over = |it: &mut Attaching| it.visit != visit || if it.waits { is_empty } else { guarded };
        match self.attaching.take_if(is_over) {
            Some(left) if !left.waits => self.files_left(),
            _ => vec![],
        }
    }

    fn attach(&mut self, files: Vec<FileNote>) -> Vec<Effect> {
        let mut effects = self.tell(Words::count("toast_attaching", files.len()), false, vec![]);
        self.attaching = Some(Attaching { visit: self.visit(), files: files.clone(), waits: false });
        effects.push(Effect::Attach(files));
        effects
    }

    fn files_left(&mut self) -> Vec<Effect> {
        self.tell(Words::plain("toast_files_left"), true, vec![])
    }
}
