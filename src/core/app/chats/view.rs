//! View of the chips on the rows of the chat list, and of the open chat.

use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::holder::view::{self as holder, HandOver, HolderLine};
use crate::app::reading::{Candidate, Identity};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::app::tags::view::TagRow;
use crate::id::TagId;
use crate::words::Words;

/// The largest number of tags on a row of the chat list. Further tags are shown as a count.
pub const ROW_TAGS: usize = 2;

/// The chips on a row of the chat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChips {
    /// The index of the row in [`Reading::rows`](crate::app::reading::Reading::rows).
    pub row: usize,
    /// At most [`ROW_TAGS`] tags.
    pub tags: Vec<Chip>,
    /// How many more tags there are.
    pub more: usize,
    /// The holder of the chat.
    pub holder: Option<Chip>,
    /// Whether the row's chat is open, so that the row has another colour.
    pub selected: bool,
}

/// How many of the team's first tags are shown on the open chat, beside those that it has.
const PILLS: usize = 12;

/// A tag in the open chat's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pill {
    /// The tag.
    pub id: TagId,
    /// The tag's chip.
    pub chip: Chip,
    /// Whether the chat has the tag.
    pub worn: bool,
}

/// The part of the sidebar about the open chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThisChat {
    /// No chat is open.
    None,
    /// The identity of the chat is not known yet.
    Unclear(Words),
    /// Several chats have this title. The person is asked to choose one.
    Which(String, Vec<Candidate>),
    /// A known chat.
    Open {
        /// The chat's title.
        title: String,
        /// Whether the chat is known only by its title on screen, so that a renamed contact would look like another
        /// chat.
        by_name: bool,
        /// The tags that a press puts on the chat or takes off.
        pills: Vec<Pill>,
        /// How many more tags the team has.
        more: usize,
        /// All tags with whether the chat has them, while the tag picker is open.
        picking: Option<Vec<TagRow>>,
        /// The typed name of a new tag for the chat, while the field is open.
        new_tag: Option<String>,
        /// The chat's holder.
        holder: HolderLine,
        /// The hand-over form, while it is open.
        hand_over: Option<HandOver>,
    },
}

/// Returns the chips of the rendered rows of the chat list, without rows that have none.
pub(in crate::app) fn row_chips(ctx: &Context, screen: &Screen, surfaces: &Surfaces) -> Vec<RowChips> {
    if surfaces.filter().is_some() {
        return Vec::new(); // The narrowed list covers the rows.
    }
    let team = ctx.team();
    let chips = screen.reading.rows.iter().enumerate().filter_map(|(row, it)| {
        let chat = screen.chats.key_of(ctx, &it.identity)?;
        let mut tags: Vec<Chip> = team.tags_of(&chat).iter().map(Chip::of_tag).collect();
        let more = tags.len().saturating_sub(ROW_TAGS);
        tags.truncate(ROW_TAGS);
        let holder = Chip::of_holder(ctx, &chat);
        (!tags.is_empty() || holder.is_some()).then_some(RowChips {
            row,
            tags,
            more,
            holder,
            selected: it.selected,
        })
    });
    chips.collect()
}

/// The number of chats with unread messages that the person holds.
pub(in crate::app) fn unread_of_mine(ctx: &Context, screen: &Screen) -> usize {
    let mine = ctx.me.into_iter().flat_map(|me| ctx.team().held_by(me));
    mine.filter(|chat| screen.chats.facts_of(chat).is_some_and(|facts| facts.unread > 0)).count()
}

/// Returns the view of the open chat. `tags` are all tags.
pub(in crate::app) fn this_chat(
    ctx: &Context,
    screen: &Screen,
    surfaces: &Surfaces,
    tags: &[TagRow],
) -> ThisChat {
    let Some(open) = &screen.reading.open else { return ThisChat::None };
    let identity = screen.chats.identity_of(open);
    let (by_name, chat) = match (identity, screen.chats.key_of(ctx, identity)) {
        (Identity::Known(id), Some(chat)) => (id.by_name(), chat),
        (Identity::Ambiguous(candidates), _) => {
            return ThisChat::Which(open.title.clone(), candidates.clone());
        }
        _ => return ThisChat::Unclear(Words::plain("chats_pending")),
    };
    let pill = |(at, tag): (usize, &TagRow)| {
        let worn = tag.worn == Some(true);
        let chip = Chip { text: tag.name.clone(), name: tag.name.clone(), colour: tag.colour };
        (worn || at < PILLS).then_some(Pill { id: tag.id, chip, worn })
    };
    let pills: Vec<Pill> = tags.iter().enumerate().filter_map(pill).collect();
    ThisChat::Open {
        title: open.title.clone(),
        by_name,
        more: tags.len() - pills.len(),
        pills,
        picking: surfaces.is_picking_tags().then(|| tags.to_vec()),
        new_tag: surfaces.new_tag().filter(|it| it.on_chat).map(|it| it.name.clone()),
        holder: holder::line(ctx, &chat),
        hand_over: holder::hand_over(ctx, surfaces),
    }
}
