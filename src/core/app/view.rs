//! What is on screen of the page, as plain data, a line a feature. Drawing it takes no decisions.

use crate::app::attachments::view as attachments;
use crate::app::chats::view::{self as chats, RowChips, ThisChat};
use crate::app::filter::Filter;
use crate::app::filter::view::{self as filter, Narrowed, Tab};
use crate::app::holder::view::{self as holder, Banner};
use crate::app::notices::view::{self as notices, Notice, Status, ToastView};
use crate::app::page::Page;
use crate::app::palette::view::{self as palette, PaletteView};
use crate::app::tags::view::{self as tags, Marks, Meter, TagRow};
use crate::app::unfilled::view::Unfilled;

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
    /// The name typed for a new tag, while the field is open.
    pub new_tag: Option<String>,
    /// The open chat.
    pub chat: ThisChat,
    /// Something the person should know before all else.
    pub notice: Option<Notice>,
    /// The line at the bottom.
    pub status: Status,
    /// What was just done.
    pub toast: Option<ToastView>,
}

/// The sidebar.
pub fn sidebar(page: &Page) -> Sidebar {
    let Page { ctx, screen, surfaces, attachments, .. } = page;
    let filtered = surfaces.filter();
    let filter_tag = if let Some(Filter::Tag(tag)) = filtered { Some(tag) } else { None };
    let marks = Marks { chat: screen.open, filter: filter_tag, editing: surfaces.edited_tag() };
    let rows = tags::rows(ctx, marks);
    Sidebar {
        collapsed: surfaces.collapsed,
        tabs: filter::tabs(ctx, screen, filtered),
        meter: tags::meter(rows.len()),
        new_tag: surfaces.new_tag().map(str::to_owned),
        chat: chats::this_chat(ctx, screen, surfaces, &rows),
        notice: notices::of_link(ctx)
            .or_else(|| notices::of_layout(screen))
            .or_else(|| attachments::notice(attachments))
            .or_else(|| notices::of_team(ctx)),
        status: notices::status(ctx),
        toast: notices::toast(ctx),
        tags: rows,
    }
}

/// The chips on the rendered rows of the chat list that have any.
pub fn row_chips(page: &Page) -> Vec<RowChips> {
    chats::row_chips(&page.ctx, &page.screen, &page.surfaces)
}

/// The line under the header, when a colleague has the open chat.
pub fn banner(page: &Page) -> Option<Banner> {
    holder::banner(&page.ctx, &page.screen, page.is_asking())
}

/// What keeps the draft from being sent, unless the person is asked about the whole chat.
pub fn unfilled(page: &Page) -> Option<Unfilled> {
    let fields = page.screen.unfilled.clone();
    let asking = page.surfaces.is_asking_to_send();
    (!fields.is_empty() && !page.is_asking()).then_some(Unfilled { fields, asking })
}

/// The list that the filter leaves, when there is one.
pub fn narrowed(page: &Page) -> Option<Narrowed> {
    Some(filter::narrowed(&page.ctx, &page.screen, page.surfaces.filter()?))
}

/// The palette, when it is open.
pub fn palette(page: &Page) -> Option<PaletteView> {
    palette::palette(&page.ctx, &page.screen, &page.surfaces, &page.palette)
}
