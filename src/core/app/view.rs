//! What is on screen, as plain data. Drawing it takes no decisions.

use crate::app::keys::{Action, KEYS, Keys};
use crate::app::model::{Filter, Link, Model, Toast};
use crate::app::reading::{Candidate, Identity, Layout};
use crate::id::{MemberId, TagId};
use crate::letters::in_small;
use crate::team::chat::ChatKey;
use crate::team::member::Member;
use crate::team::tag::{Colour, TAG_LIMIT, TAG_WARNING, Tag};
use crate::wire::Problem;
use crate::words::Words;

/// The most tags a row of the chat list shows; the rest is a number.
pub const ROW_TAGS: usize = 2;

/// A tag or a person, small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it says.
    pub text: String,
    /// The full name, for those who hover or listen.
    pub name: String,
    /// What it wears.
    pub colour: Colour,
}

/// The sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidebar {
    /// Only the rail is shown.
    pub collapsed: bool,
    /// Mine, Free, All.
    pub tabs: Vec<Tab>,
    /// The team's tags.
    pub tags: Vec<TagRow>,
    /// How many tags of how many.
    pub meter: Meter,
    /// Whether the field for a new tag is open.
    pub adding_tag: bool,
    /// The open chat.
    pub chat: ThisChat,
    /// Something the person should know before all else.
    pub notice: Option<Notice>,
    /// The line at the bottom.
    pub status: Status,
    /// What was just done.
    pub toast: Option<ToastView>,
}

/// A way to narrow the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// `None` shows all.
    pub filter: Option<Filter>,
    /// Its name.
    pub words: Words,
    /// How many chats, where that can be known.
    pub count: Option<usize>,
    /// Whether it is the present one.
    pub pressed: bool,
}

/// A tag in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRow {
    /// Which.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// What it wears.
    pub colour: Colour,
    /// How many chats wear it.
    pub count: usize,
    /// Whether the list is narrowed to it.
    pub filtered: bool,
    /// Whether the open chat wears it; `None` without an open chat.
    pub worn: Option<bool>,
    /// Whether its name and colour are being edited.
    pub editing: bool,
}

/// How full the list of tags is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// How many there are.
    pub count: usize,
    /// How many there may be.
    pub limit: usize,
    /// How close that is.
    pub level: Level,
}

/// How close to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// There is room.
    Fine,
    /// Little is left.
    Warning,
    /// Nothing is left.
    Full,
}

/// The part of the sidebar about the open chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThisChat {
    /// None is open.
    None,
    /// It can't be told which it is yet.
    Unclear(Words),
    /// Several have this title: which one is it?
    Which(String, Vec<Candidate>),
    /// This one.
    Open {
        /// Its title.
        title: String,
        /// It is known by its name on screen only, so a renamed contact would look like another chat.
        by_name: bool,
        /// The tags it wears.
        tags: Vec<(TagId, Chip)>,
        /// All tags, with whether it wears them, while the list of tags is open.
        picking: Option<Vec<TagRow>>,
        /// Who has it.
        holder: HolderLine,
        /// The colleagues it can be handed to, while the form is open.
        handing_over: Option<Vec<Person>>,
    },
}

/// Who has the open chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderLine {
    /// Nobody.
    Free,
    /// The person at this browser.
    Mine {
        /// Since when, in milliseconds since the epoch.
        since: u64,
        /// What they were told.
        reason: String,
    },
    /// A colleague.
    Theirs {
        /// Who.
        chip: Chip,
        /// Since when, in milliseconds since the epoch.
        since: u64,
        /// What they were told.
        reason: String,
    },
}

/// A colleague to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: MemberId,
    /// How they are shown.
    pub chip: Chip,
}

/// Something the person should know before all else, and what they can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened and what is safe.
    pub words: Words,
    /// What may help.
    pub action: Option<(Words, NoticeAction)>,
}

/// What a notice's button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Opens the desk.
    Desk,
    /// Tries again to publish.
    SyncNow,
    /// Copies a report about the page.
    Report,
    /// Attaches the files of a reply.
    Files,
}

/// The line at the bottom of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The hub has not answered yet.
    Starting,
    /// Edits are on their way to disk.
    Saving,
    /// Saved here; waiting to be published.
    Waiting,
    /// Published; the moment, in milliseconds since the epoch.
    Synced(u64),
    /// Nothing was ever published.
    Alone,
}

/// A toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastView {
    /// Which.
    pub number: u32,
    /// What happened.
    pub words: Words,
    /// Whether something went wrong.
    pub bad: bool,
    /// Whether it can be taken back.
    pub undo: bool,
}

/// What is drawn on a row of the chat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChips {
    /// Which row of the reading.
    pub row: usize,
    /// At most [`ROW_TAGS`] tags.
    pub tags: Vec<Chip>,
    /// How many more tags there are.
    pub more: usize,
    /// Who has the chat.
    pub holder: Option<Chip>,
}

/// The line under the header of a chat that a colleague has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// Who has it.
    pub chip: Chip,
    /// Since when, in milliseconds since the epoch.
    pub since: u64,
    /// What they were told.
    pub reason: String,
    /// Whether the person decided to help here.
    pub helping: bool,
    /// Whether the person is asked before writing.
    pub asking: bool,
}

/// What keeps a draft from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled {
    /// What is to be filled in, as it is written.
    pub fields: Vec<String>,
    /// Whether the person tried to send and is asked.
    pub asking: bool,
}

/// The list that a filter left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// What it is narrowed to.
    pub filter: Filter,
    /// The name of the tag, when it is one.
    pub tag: Option<Chip>,
    /// The chats whose title is known here.
    pub chats: Vec<NarrowedRow>,
    /// How many more there are whose title this browser has not seen.
    pub unseen: usize,
}

/// A chat in a narrowed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowedRow {
    /// Which.
    pub chat: ChatKey,
    /// Its title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<Chip>,
    /// Who has it.
    pub holder: Option<Chip>,
    /// Whether it is open.
    pub open: bool,
}

/// A line of the help: what a key does, and the key.
pub fn help(keys: Keys, mac: bool) -> Vec<(&'static str, String)> {
    let label = |action| keys.chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default();
    let mut lines: Vec<_> = KEYS.iter().map(|(action, name, _)| (*name, label(*action))).collect();
    lines.insert(1, ("help_trigger", keys.trigger()));
    lines.push(("help_back", "Esc".to_owned()));
    lines
}

/// The chord of an action that nobody can choose, as it is written on this keyboard.
pub fn key_label(action: Action, mac: bool) -> String {
    Keys::default().chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default()
}

/// The message that names a colour.
pub fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "colour_blue",
        Colour::Orange => "colour_orange",
        Colour::Green => "colour_green",
        Colour::Red => "colour_red",
        Colour::Purple => "colour_purple",
        Colour::Teal => "colour_teal",
        Colour::Pink => "colour_pink",
        Colour::Olive => "colour_olive",
        Colour::Sky => "colour_sky",
        Colour::Brown => "colour_brown",
        Colour::Indigo => "colour_indigo",
        Colour::Grey => "colour_grey",
    }
}

/// The sidebar.
pub fn sidebar(model: &Model) -> Sidebar {
    let tags = tag_rows(model);
    let count = tags.len();
    let level = match count {
        TAG_LIMIT.. => Level::Full,
        TAG_WARNING.. => Level::Warning,
        _ => Level::Fine,
    };
    let mine = model.me.map(|me| model.shared.team().held_by(me).count());
    let tab = |filter: Option<Filter>, name, count| Tab {
        filter,
        words: Words::plain(name),
        count,
        pressed: model.filter == filter,
    };
    Sidebar {
        collapsed: model.collapsed,
        tabs: vec![
            tab(Some(Filter::Mine), "tabs_mine", mine),
            tab(Some(Filter::Free), "tabs_free", Some(free_chats(model).count())),
            tab(None, "tabs_all", None),
        ],
        tags,
        meter: Meter { count, limit: TAG_LIMIT, level },
        adding_tag: model.adding_tag,
        chat: this_chat(model),
        notice: notice(model),
        status: status(model),
        toast: model.toast.as_ref().map(|Toast { number, words, bad, undo }| ToastView {
            number: *number,
            words: words.clone(),
            bad: *bad,
            undo: !undo.is_empty(),
        }),
    }
}

/// The chips on the rendered rows of the chat list that have any.
pub fn row_chips(model: &Model) -> Vec<RowChips> {
    if model.filter.is_some() {
        return Vec::new(); // The narrowed list lies over the rows.
    }
    let team = model.shared.team();
    let chips = model.reading.rows.iter().enumerate().filter_map(|(row, it)| {
        let chat = model.key_of(&it.identity)?;
        let mut tags: Vec<Chip> = team.tags_of(&chat).iter().map(tag_chip).collect();
        let more = tags.len().saturating_sub(ROW_TAGS);
        tags.truncate(ROW_TAGS);
        let holder = holder_chip(model, &chat);
        (!tags.is_empty() || holder.is_some()).then_some(RowChips { row, tags, more, holder })
    });
    chips.collect()
}

/// The line under the header, when a colleague has the open chat.
pub fn banner(model: &Model) -> Option<Banner> {
    let (chat, holder) = model.other_holder()?;
    Some(Banner {
        chip: holder_chip(model, &chat)?,
        since: millis(holder.since),
        reason: holder.reason.clone(),
        helping: !model.guarded(),
        asking: model.is_asking(),
    })
}

/// What keeps the draft from being sent, unless the person is asked about the whole chat.
pub fn unfilled(model: &Model) -> Option<Unfilled> {
    let fields = model.unfilled();
    (!fields.is_empty() && !model.is_asking()).then_some(Unfilled { fields, asking: model.asking_send })
}

/// The list that the filter leaves, when there is one.
pub fn narrowed(model: &Model) -> Option<Narrowed> {
    let filter = model.filter?;
    let team = model.shared.team();
    let keys: Vec<ChatKey> = match filter {
        Filter::Mine => model.me.map(|me| team.held_by(me).collect()).unwrap_or_default(),
        Filter::Free => free_chats(model).collect(),
        Filter::Tag(tag) => team.tagged(tag).collect(),
    };
    let open = model.open_chat();
    let mut chats: Vec<NarrowedRow> = keys
        .iter()
        .filter_map(|chat| {
            Some(NarrowedRow {
                chat: *chat,
                title: model.title_of(chat)?.to_owned(),
                tags: team.tags_of(chat).iter().map(tag_chip).collect(),
                holder: holder_chip(model, chat),
                open: open == Some(*chat),
            })
        })
        .collect();
    chats.sort_by_cached_key(|row| (in_small(&row.title), row.chat));
    let unseen = keys.len() - chats.len();
    let tag = if let Filter::Tag(tag) = filter { team.tag(tag).as_ref().map(tag_chip) } else { None };
    Some(Narrowed { filter, tag, chats, unseen })
}

fn tag_rows(model: &Model) -> Vec<TagRow> {
    let team = model.shared.team();
    let worn = model.open_chat().map(|chat| team.tags_of(&chat));
    let row = |tag: Tag| TagRow {
        id: tag.id,
        count: team.tagged(tag.id).count(),
        filtered: model.filter == Some(Filter::Tag(tag.id)),
        worn: worn.as_ref().map(|worn| worn.iter().any(|it| it.id == tag.id)),
        editing: model.editing_tag == Some(tag.id),
        name: tag.name,
        colour: tag.colour,
    };
    team.tags().into_iter().map(row).collect()
}

/// Chats that this browser has seen and nobody has.
fn free_chats(model: &Model) -> impl Iterator<Item = ChatKey> + '_ {
    model.titles.keys().filter(|chat| model.shared.team().holder_of(chat).is_none()).copied()
}

fn this_chat(model: &Model) -> ThisChat {
    let Some(open) = &model.reading.open else { return ThisChat::None };
    let identity = model.open_identity().unwrap_or(&open.identity);
    let (by_name, chat) = match (identity, model.key_of(identity)) {
        (Identity::Known(id), Some(chat)) => (id.by_name(), chat),
        (Identity::Ambiguous(candidates), _) => {
            return ThisChat::Which(open.title.clone(), candidates.clone());
        }
        _ => return ThisChat::Unclear(Words::plain("chat_pending")),
    };
    let team = model.shared.team();
    let people = || {
        let others = team.members().into_iter().filter(|member| Some(member.id) != model.me);
        others.map(|member| Person { id: member.id, chip: member_chip(&member) }).collect()
    };
    ThisChat::Open {
        title: open.title.clone(),
        by_name,
        tags: team.tags_of(&chat).iter().map(|tag| (tag.id, tag_chip(tag))).collect(),
        picking: model.picking_tags.then(|| tag_rows(model)),
        holder: match team.holder_of(&chat) {
            None => HolderLine::Free,
            Some(holder) if Some(holder.member) == model.me => {
                HolderLine::Mine { since: millis(holder.since), reason: holder.reason.clone() }
            }
            Some(holder) => HolderLine::Theirs {
                chip: holder_chip(model, &chat).unwrap_or_else(unnamed),
                since: millis(holder.since),
                reason: holder.reason.clone(),
            },
        },
        handing_over: model.handing_over.then(people),
    }
}

fn notice(model: &Model) -> Option<Notice> {
    let plain = |name| Some(Notice { words: Words::plain(name), action: None });
    let with = |words, button, action| Some(Notice { words, action: Some((Words::plain(button), action)) });
    if model.link == Link::Gone {
        return plain("notice_gone");
    }
    if let Layout::Unknown(missing) = &model.reading.layout {
        // The rest is in the report.
        let words = Words::plain(match missing.first().copied() {
            Some("chat list") => "notice_layout_list",
            Some("chat titles") => "notice_layout_titles",
            Some("conversation title") => "notice_layout_conversation",
            _ => "notice_layout_page",
        });
        return with(words, "report_copy", NoticeAction::Report);
    }
    if let Some(waiting) = model.attaching.as_ref().filter(|it| it.waits) {
        let words = Words::count("notice_files", waiting.files.len());
        return with(words, "notice_attach", NoticeAction::Files);
    }
    match model.sync.problem {
        Some(Problem::Full) => return with(Words::plain("notice_full"), "notice_desk", NoticeAction::Desk),
        Some(Problem::Refused) => {
            return with(Words::plain("notice_refused"), "notice_again", NoticeAction::SyncNow);
        }
        Some(Problem::Disk) => return plain("notice_disk"),
        Some(Problem::Newer) => return plain("notice_newer"),
        Some(Problem::DiskNewer) => return plain("notice_disk_newer"),
        None => {}
    }
    if model.sync.unreadable > 0 {
        return Some(Notice {
            words: Words::count("notice_unreadable", model.sync.unreadable as usize),
            action: None,
        });
    }
    if model.link == Link::Met && model.myself().is_none() {
        return with(Words::plain("notice_who_are_you"), "notice_desk", NoticeAction::Desk);
    }
    None
}

fn status(model: &Model) -> Status {
    match model.link {
        Link::Waiting => Status::Starting,
        _ if !model.shared.is_saved() => Status::Saving,
        _ if model.sync.waiting => Status::Waiting,
        _ if model.sync.at == 0 => Status::Alone,
        _ => Status::Synced(model.sync.at),
    }
}

fn tag_chip(tag: &Tag) -> Chip {
    Chip { text: tag.name.clone(), name: tag.name.clone(), colour: tag.colour }
}

fn member_chip(member: &Member) -> Chip {
    Chip { text: member.initials.clone(), name: member.name.clone(), colour: member.colour }
}

fn holder_chip(model: &Model, chat: &ChatKey) -> Option<Chip> {
    let holder = model.shared.team().holder_of(chat)?;
    Some(model.shared.team().member(holder.member).as_ref().map_or_else(unnamed, member_chip))
}

/// Somebody whose name has not arrived yet: sync may bring the claim before the person.
fn unnamed() -> Chip {
    Chip { text: "?".into(), name: "?".into(), colour: Colour::Grey }
}

fn millis(minute: u32) -> u64 {
    u64::from(minute) * 60_000
}
