//! What is on screen of the team's replies, as plain data.

use core::ops::Range;

use super::{Scope, See, Sort};
use crate::app::desk::typed::Field;
use crate::app::palette::view::{Piece, pieces};
use crate::app::tags::view::Level;
use crate::app::trouble;
use crate::id::{ReplyId, TagId};
use crate::letters::in_small;
use crate::team::reply::Reply;
use crate::team::tag::Colour;
use crate::template::{self, Answers, Node, Template, fill, fold, is_built_in};
use crate::versions::Version;
use crate::wire::FileNote;
use crate::words::Words;

/// The bytes that a browser syncs for an extension.
pub const ROOM: usize = 102_400;

/// The team's replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replies {
    /// What is searched.
    pub query: String,
    /// Which are listed.
    pub scope: Scope,
    /// In which order.
    pub sort: Sort,
    /// The folders there are in this scope, all replies first, and those in no folder last. Empty without a folder.
    pub folders: Vec<FolderChip>,
    /// What is listed.
    pub rows: Vec<ReplyRow>,
    /// How many the team has, this person's own included.
    pub total: usize,
    /// What can be done with those that are selected.
    pub bulk: Option<Bulk>,
    /// What the replies take of browser sync.
    pub meter: ByteMeter,
    /// The reply that is open.
    pub open: Option<OpenReply>,
}

/// A folder that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderChip {
    /// Its name; empty: the replies in none; `None`: all replies.
    pub folder: Option<String>,
    /// How many replies it has in this scope.
    pub count: usize,
    /// Whether it is the one that is listed.
    pub chosen: bool,
}

/// A reply in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// Which.
    pub id: ReplyId,
    /// Its title.
    pub title: String,
    /// What is typed for it.
    pub shortcut: String,
    /// The folder it is in; empty: none, or the one that all listed ones are in.
    pub folder: String,
    /// Whether it is this person's own.
    pub mine: bool,
    /// Whether it is kept and offered no more.
    pub archived: bool,
    /// The tags in whose chats alone it is offered.
    pub tags: Vec<(String, Colour)>,
    /// How often the team used it.
    pub uses: u32,
    /// Whether it is open.
    pub open: bool,
    /// Whether it is selected.
    pub selected: bool,
}

/// What can be done with several replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// How many are selected.
    pub count: usize,
    /// The folder that is typed for them.
    pub folder: String,
    /// Folders that there are.
    pub folders: Vec<String>,
    /// The team's tags.
    pub tags: Vec<TagChip>,
    /// Whether there is one to archive, and one to bring back.
    pub archive: (bool, bool),
}

/// A tag that replies may be bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagChip {
    /// Which.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether all of the replies have it; `None`: some do.
    pub on: Option<bool>,
}

/// The bytes that replies take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteMeter {
    /// At most so many, before they are packed.
    pub bytes: usize,
    /// Whether that is much.
    pub level: Level,
}

/// The reply that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReply {
    /// Which.
    pub id: ReplyId,
    /// Its title.
    pub title: String,
    /// What is typed for it.
    pub shortcut: String,
    /// Its text with fields.
    pub body: String,
    /// Whether the text was cut to what a message can hold.
    pub cut: bool,
    /// The files that are attached to it in this browser.
    pub files: Vec<FileNote>,
    /// The folder it is in.
    pub folder: String,
    /// Folders that there are.
    pub folders: Vec<String>,
    /// The team's tags, and which of them it is bound to.
    pub tags: Vec<TagChip>,
    /// Whether it is this person's own; `None` as long as it is not known who that is.
    pub mine: Option<bool>,
    /// Whether it is kept and offered no more.
    pub archived: bool,
    /// The names of the team's fields, which can be put into the text.
    pub fields: Vec<String>,
    /// Where the fields of the text get what they are filled with.
    pub sources: Vec<Words>,
    /// How it reads in chats of these names.
    pub previews: Vec<(String, Vec<Piece>)>,
    /// What is wrong with the text, and where, in units of UTF-16.
    pub problems: Vec<(Words, Range<usize>)>,
    /// The title of another reply that has the same shortcut.
    pub clash: Option<String>,
    /// Whether it is saved once it has a title.
    pub untitled: bool,
    /// Whether it can be moved up and down.
    pub moves: (bool, bool),
    /// How often it was used by this person, and by the team.
    pub uses: (u32, u32),
    /// What it said before.
    pub versions: Versions,
}

/// What a reply said before, as this browser saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Versions {
    /// It is not asked for.
    Hidden,
    /// The hub was asked and has not answered.
    Asked,
    /// These, latest first.
    Known(Vec<VersionRow>),
}

/// What a reply said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Who wrote it, if that is known and they have a name.
    pub who: Option<String>,
    /// Since when, in milliseconds since the epoch.
    pub at: u64,
    /// What it was called.
    pub title: String,
    /// What was inserted.
    pub body: String,
    /// Whether that is what it says now.
    pub now: bool,
}

/// The team's replies as they are shown.
pub(in crate::app::desk) fn replies(at: See<'_>) -> Replies {
    let all = at.replies();
    let shelf = at.state;
    let listed = at.listed();
    let uses = at.uses();
    let bytes = at.ctx.team().reply_bytes();
    let rows = listed.iter().map(|reply| ReplyRow {
        id: reply.id,
        title: reply.title.clone(),
        shortcut: reply.shortcut.clone(),
        folder: if shelf.folder.is_none() { reply.folder.clone() } else { String::new() },
        mine: reply.owner.is_some(),
        archived: reply.archived,
        tags: tags_of(at, reply),
        uses: uses.of(reply.id).1,
        open: at.state.open == Some(reply.id),
        selected: shelf.selected.contains(&reply.id),
    });
    Replies {
        query: at.text(Field::Search),
        scope: shelf.scope,
        sort: shelf.sort,
        folders: folder_chips(at, &all),
        rows: rows.collect(),
        total: all.len(),
        bulk: bulk(at, &all),
        meter: ByteMeter {
            bytes,
            // Packed, they take about half: this much is a reason to look, not to stop.
            level: if bytes > ROOM * 4 / 5 { Level::Warning } else { Level::Fine },
        },
        open: open(at, &all, &listed),
    }
}

/// The names of the tags a reply is bound to. One that was deleted binds it all the same, but has no name to show.
fn tags_of(at: See<'_>, reply: &Reply) -> Vec<(String, Colour)> {
    let team = at.ctx.team();
    reply.tags.iter().filter_map(|tag| team.tag(*tag)).map(|tag| (tag.name, tag.colour)).collect()
}

fn folder_chips(at: See<'_>, all: &[Reply]) -> Vec<FolderChip> {
    let shelf = at.state;
    let alike = if shelf.scope == Scope::Alike { Some(at.alike()) } else { None };
    let all = alike.as_deref().unwrap_or(all);
    let in_scope = |folder: Option<&str>| {
        let fits = |it: &&Reply| shelf.scope.has(it) && folder.is_none_or(|folder| folder == it.folder);
        all.iter().filter(fits).count()
    };
    let chip = |folder: Option<String>| FolderChip {
        count: in_scope(folder.as_deref()),
        chosen: shelf.folder == folder,
        folder,
    };
    let names = folders(all);
    if names.is_empty() && shelf.folder.is_none() {
        return Vec::new();
    }
    let named = names.into_iter().map(|name| chip(Some(name))).filter(|it| it.count > 0 || it.chosen);
    let mut chips = vec![chip(None)];
    chips.extend(named);
    chips.push(chip(Some(String::new())));
    if !chips.iter().any(|it| it.chosen) {
        // The last reply went out of the folder that is listed.
        chips.insert(1, chip(shelf.folder.clone()));
    }
    chips
}

/// The folders there are, by name.
fn folders(all: &[Reply]) -> Vec<String> {
    let mut folders: Vec<String> =
        all.iter().map(|reply| reply.folder.clone()).filter(|folder| !folder.is_empty()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

fn tag_chips(at: See<'_>, replies: &[Reply]) -> Vec<TagChip> {
    let tags = at.ctx.team().tags().into_iter();
    tags.map(|tag| {
        let with = replies.iter().filter(|reply| reply.tags.contains(&tag.id)).count();
        let on = if with == 0 { Some(false) } else { Some(true).filter(|_| with == replies.len()) };
        TagChip { id: tag.id, name: tag.name, colour: tag.colour, on }
    })
    .collect()
}

fn bulk(at: See<'_>, all: &[Reply]) -> Option<Bulk> {
    let selected = at.selection();
    (!selected.is_empty()).then(|| Bulk {
        count: selected.len(),
        folder: at.text(Field::BulkFolder),
        folders: folders(all),
        tags: tag_chips(at, &selected),
        archive: (selected.iter().any(|reply| !reply.archived), selected.iter().any(|reply| reply.archived)),
    })
}

fn open(at: See<'_>, all: &[Reply], listed: &[Reply]) -> Option<OpenReply> {
    let (reply, is_saved) = at.opened()?;
    let id = reply.id;
    let place = listed.iter().position(|reply| reply.id == id);
    let shortcut = at.text(Field::Shortcut);
    let typed = in_small(shortcut.trim());
    let same = |it: &&Reply| it.id != id && in_small(it.shortcut.trim()) == typed;
    let clash = all.iter().find(same).filter(|_| !typed.is_empty()).map(|reply| reply.title.clone());
    let movable = at.state.found.is_none() && at.state.sort == Sort::Order;
    let body = at.text(Field::Body);
    let called = |code: &str| {
        let code = in_small(code.trim());
        all.iter().find(|reply| in_small(reply.shortcut.trim()) == code).map(|reply| reply.body.clone())
    };
    let template = template::parse(&body, &called);
    let problems =
        template.problems.iter().map(|it| (trouble::words(&body, it), it.place.utf16.clone())).collect();
    let fields = at.ctx.team().fields().into_iter().map(|(_, field)| field.name);
    Some(OpenReply {
        id,
        title: at.text(Field::Title),
        shortcut,
        folder: at.text(Field::Folder),
        folders: folders(all),
        tags: tag_chips(at, core::slice::from_ref(&reply)),
        mine: at.ctx.me.map(|_| reply.owner.is_some()),
        archived: reply.archived,
        fields: fields.filter(|name| !is_built_in(name)).collect(),
        sources: sources(at, &template),
        previews: previews(at, &template),
        problems,
        body,
        cut: at.state.cut,
        files: at.ctx.files_of(id),
        clash,
        untitled: !is_saved,
        moves: (
            movable && place.is_some_and(|place| place > 0),
            movable && place.is_some_and(|place| place + 1 < listed.len()),
        ),
        uses: at.uses().of(id),
        versions: versions(at, &reply),
    })
}

/// Where the fields of a text get what they are filled with: from Baton, from the team, or from whoever uses it.
fn sources(at: See<'_>, template: &Template) -> Vec<Words> {
    let mut names: Vec<(String, String)> = Vec::new();
    collect(&template.nodes, &mut names);
    let fields = at.ctx.team().fields();
    let of_team = |folded: &str| fields.iter().any(|(_, field)| fold(&field.name) == folded);
    let list = |which: &dyn Fn(&str) -> bool| {
        let of = names.iter().filter(|(folded, _)| which(folded));
        of.map(|(_, name)| ["{", name, "}"].concat()).collect::<Vec<_>>().join(" ")
    };
    let lists = [
        ("replies_from_baton", list(&is_built_in)),
        ("replies_from_team", list(&|it| !is_built_in(it) && of_team(it))),
        ("replies_from_person", list(&|it| !is_built_in(it) && !of_team(it))),
    ];
    lists.iter().filter(|(_, it)| !it.is_empty()).map(|(name, it)| Words::with(name, [it])).collect()
}

/// The most fields that are named: a listing of hundreds tells nobody anything.
const NAMED: usize = 30;

/// The fields of a text, each once, with the letters by which they are the same.
fn collect(nodes: &[Node], names: &mut Vec<(String, String)>) {
    for node in nodes {
        match node {
            Node::Field { name, .. } if names.len() < NAMED => {
                let folded = fold(name);
                if !names.iter().any(|(it, _)| *it == folded) {
                    names.push((folded, name.clone()));
                }
            }
            Node::Part { nodes, .. } | Node::Include { nodes, .. } => collect(nodes, names),
            _ => {}
        }
    }
}

/// How a text reads in a few chats.
fn previews(at: See<'_>, template: &Template) -> Vec<(String, Vec<Piece>)> {
    let samples = (at.ctx.locale.samples)();
    let filled = |name: &String| {
        at.ctx.with_values(Some(name), None, |values| fill(template, values, &Answers::default()))
    };
    samples.into_iter().map(|name| (name.clone(), pieces(filled(&name)))).collect()
}

fn versions(at: See<'_>, reply: &Reply) -> Versions {
    if !at.shows_versions() {
        return Versions::Hidden;
    }
    let team = at.ctx.team();
    let row = |version: &Version| VersionRow {
        who: version.who.and_then(|who| team.member(who)).map(|member| member.name),
        at: u64::from(version.at) * 60_000,
        title: version.title.clone(),
        body: version.body.clone(),
        now: (&version.title, &version.shortcut, &version.body)
            == (&reply.title, &reply.shortcut, &reply.body),
    };
    at.versions().map_or(Versions::Asked, |all| Versions::Known(all.into_iter().map(row).collect()))
}
