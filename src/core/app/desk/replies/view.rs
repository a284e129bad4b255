//! View of the team's replies.

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

/// How many bytes a browser syncs for an extension.
pub const ROOM: usize = 102_400;

/// The team's replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replies {
    /// The search text.
    pub query: String,
    /// Which replies are listed.
    pub scope: Scope,
    /// The order of the list.
    pub sort: Sort,
    /// The folders in this scope, with all replies first and replies without a folder last. Empty if there is no
    /// folder.
    pub folders: Vec<FolderChip>,
    /// The listed replies.
    pub rows: Vec<ReplyRow>,
    /// The number of the team's replies and this person's own.
    pub total: usize,
    /// The actions on the selected replies, if there are any.
    pub bulk: Option<Bulk>,
    /// How much of browser sync the replies take.
    pub meter: ByteMeter,
    /// The open reply.
    pub open: Option<OpenReply>,
}

/// A chip that selects a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderChip {
    /// The folder's name; empty: replies without a folder; `None`: all replies.
    pub folder: Option<String>,
    /// The number of replies in the folder and this scope.
    pub count: usize,
    /// Whether this folder is listed.
    pub chosen: bool,
}

/// A reply in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// The reply's id.
    pub id: ReplyId,
    /// The reply's title.
    pub title: String,
    /// The reply's shortcut.
    pub shortcut: String,
    /// The reply's folder; empty if it has none, or if only this folder is listed.
    pub folder: String,
    /// Whether the reply is this person's own.
    pub mine: bool,
    /// Whether the reply is archived.
    pub archived: bool,
    /// The tags that the reply is limited to.
    pub tags: Vec<(String, Colour)>,
    /// How often the team used the reply.
    pub uses: u32,
    /// Whether the reply is open.
    pub open: bool,
    /// Whether the reply is selected.
    pub selected: bool,
}

/// The actions on several replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// How many replies are selected.
    pub count: usize,
    /// The typed name of the target folder.
    pub folder: String,
    /// The existing folders.
    pub folders: Vec<String>,
    /// The team's tags.
    pub tags: Vec<TagChip>,
    /// Whether at least one selected reply can be archived, and at least one restored.
    pub archive: (bool, bool),
}

/// A tag that replies can be limited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagChip {
    /// The tag's id.
    pub id: TagId,
    /// The tag's name.
    pub name: String,
    /// The tag's colour.
    pub colour: Colour,
    /// Whether all of the replies have the tag; `None` if some have it.
    pub on: Option<bool>,
}

/// The number of bytes that replies take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteMeter {
    /// An upper bound: the size before compression.
    pub bytes: usize,
    /// How close the size is to the limit.
    pub level: Level,
}

/// The open reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReply {
    /// The reply's id.
    pub id: ReplyId,
    /// The title.
    pub title: String,
    /// The shortcut.
    pub shortcut: String,
    /// The text with fields.
    pub body: String,
    /// Whether the text was cut to what a message can hold.
    pub cut: bool,
    /// The files that are attached to the reply in this browser.
    pub files: Vec<FileNote>,
    /// The folder.
    pub folder: String,
    /// The existing folders.
    pub folders: Vec<String>,
    /// The team's tags, and which of them the reply is limited to.
    pub tags: Vec<TagChip>,
    /// Whether the reply is this person's own; `None` while the person is not known.
    pub mine: Option<bool>,
    /// Whether the reply is archived.
    pub archived: bool,
    /// The names of the team's fields, which can be inserted into the text.
    pub fields: Vec<String>,
    /// Explains where the values of the text's fields come from.
    pub sources: Vec<Words>,
    /// The filled text, for sample chat titles.
    pub previews: Vec<(String, Vec<Piece>)>,
    /// The errors in the text and their places, in UTF-16 code units.
    pub problems: Vec<(Words, Range<usize>)>,
    /// The title of another reply that has the same shortcut.
    pub clash: Option<String>,
    /// Whether the reply lacks a title, without which it is not saved.
    pub untitled: bool,
    /// Whether the reply can be moved up, and down.
    pub moves: (bool, bool),
    /// How often this person used it, and the team.
    pub uses: (u32, u32),
    /// The earlier versions.
    pub versions: Versions,
}

/// The earlier versions of a reply that this browser has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Versions {
    /// The versions are not shown.
    Hidden,
    /// The versions were requested from the hub, which has not answered.
    Asked,
    /// The versions, latest first.
    Known(Vec<VersionRow>),
}

/// A version of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// The name of its author, if known.
    pub who: Option<String>,
    /// When it was written, in milliseconds since the epoch.
    pub at: u64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Whether it is the current version.
    pub now: bool,
}

/// Returns the view of the team's replies.
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
            // Compression halves the size, so this is a warning and not a limit.
            level: if bytes > ROOM * 4 / 5 { Level::Warning } else { Level::Fine },
        },
        open: open(at, &all, &listed),
    }
}

/// The tags that a reply is limited to. A deleted tag still limits it, but has no name to show.
fn tags_of(at: See<'_>, reply: &Reply) -> Vec<(String, Colour)> {
    let team = at.ctx.team();
    reply.tags.iter().filter_map(|tag| team.tag(*tag)).map(|tag| (tag.name, tag.colour)).collect()
}

fn folder_chips(at: See<'_>, all: &[Reply]) -> Vec<FolderChip> {
    let shelf = at.state;
    let alike = if shelf.scope == Scope::Duplicates { Some(at.alike()) } else { None };
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
        // The listed folder lost its last reply. Its chip stays, so that the choice is visible.
        chips.insert(1, chip(shelf.folder.clone()));
    }
    chips
}

/// The existing folders, sorted by name.
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

/// Explains where the values of a text's fields come from: Baton, the team, or the person who inserts the reply.
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

/// The largest number of fields that are listed. A longer list would not be read.
const NAMED: usize = 30;

/// Collects the fields of a text, each once, with the folded name by which they are compared.
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

/// Fills the text for a few sample chat titles.
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
