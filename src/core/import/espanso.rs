//! Import of espanso's match files. <https://espanso.org/docs/matches/basics/>

use super::build::Build;
use super::sink::Sink;
use super::tree::Tree;
use super::vars::{Filler, Global, form_fields, vars};
use super::{ImportedReply, ReadError, Why, html};

/// A match file, whose matches are read one by one.
pub(super) struct Book {
    matches: std::vec::IntoIter<Tree>,
    global: Global,
}

impl Book {
    pub(super) fn new(file: Tree, sink: &mut Sink) -> Result<Book, ReadError> {
        for (key, value) in file.pairs() {
            // The imported files are not available.
            if matches!(key.as_str(), "imports" | "global_imports") {
                let names: Vec<&str> = value.list().iter().map(Tree::text).collect();
                sink.skip(value.line, &names.join(", "), Why::Unsupported(key.clone()));
            }
        }
        let mut global = Global::default();
        for var in file.get("global_vars").map(Tree::list).unwrap_or_default() {
            global.entry(var.text_of(&["name"]).to_owned()).or_insert_with(|| var.clone());
        }
        let matches = match file.into_list(&["matches"]) {
            Ok(matches) => matches,
            // A file may define only variables.
            Err(_) if !global.is_empty() => Vec::new(),
            Err(why) => return Err(why),
        };
        Ok(Book { matches: matches.into_iter(), global })
    }

    pub(super) fn remaining(&self) -> usize {
        self.matches.len()
    }

    pub(super) fn line(&self) -> usize {
        self.matches.as_slice().first().map_or(0, |it| it.line)
    }

    pub(super) fn next(&mut self, sink: &mut Sink) -> bool {
        let Some(it) = self.matches.next() else { return false };
        read(&it, &self.global, sink);
        true
    }
}

fn read(it: &Tree, global: &Global, sink: &mut Sink) {
    let line = it.line;
    let mut triggers = it.get("triggers").map(Tree::list).unwrap_or_default().iter().map(Tree::text);
    let trigger = Some(it.text_of(&["trigger"])).filter(|it| !it.is_empty());
    let trigger = trigger.or_else(|| triggers.next()).unwrap_or_default();
    let title = it.text_of(&["label"]);
    let name = if trigger.is_empty() { it.text_of(&["label", "regex"]) } else { trigger };
    if it.pairs().is_empty() {
        return sink.skip(line, it.text(), Why::Malformed);
    }
    // These matches don't insert plain text.
    for what in ["regex", "image_path", "markdown"] {
        if it.get(what).is_some() {
            return sink.skip(line, name, Why::Unsupported(what.to_owned()));
        }
    }
    let body = match text(it, global) {
        Ok(body) => body,
        Err(why) => return sink.skip(line, name, why),
    };
    let body = body.trim_end_matches('\n').to_owned();
    let reply = ImportedReply {
        title: title.to_owned(),
        shortcut: trigger.to_owned(),
        body,
        line,
        ..Default::default()
    };
    if sink.take(reply) {
        for other in triggers.filter(|it| *it != trigger) {
            sink.lose(line, name, Why::OtherShortcut(other.to_owned()));
        }
    }
}

fn text(it: &Tree, global: &Global) -> Result<String, Why> {
    let mut filler = Filler { own: vars(it.get("vars")), global, fields: None, looked: 0 };
    let mut build = Build::default();
    if let Some(form) = it.get("form") {
        filler.fields = Some(form_fields(it.get("form_fields")));
        filler.fill(form.text(), &mut build, 0)?;
    } else if let Some(html) = it.get("html") {
        filler.fill(&html::text(html.text()), &mut build, 0)?;
    } else {
        filler.fill(it.text_of(&["replace"]), &mut build, 0)?;
    }
    Ok(build.finish())
}

#[cfg(test)]
mod tests;
