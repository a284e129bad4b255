//! The stack of open surfaces on the page.

use crate::app::effect::{Effect, Insertion, Preference, Spot};
use crate::app::filter::Filter;
use crate::app::palette::{Palette, Stage};
use crate::app::person::Naming;
use crate::id::TagId;

/// A surface that is open and can be closed, with the person's unfinished input.
pub(super) enum Surface {
    /// The narrowed chat list.
    Filter(Filter),
    /// The field for the person's name.
    Name(Naming),
    /// The field for a new tag.
    NewTag(NewTag),
    /// The editor of a tag.
    EditTag(TagId),
    /// The tag picker for the open chat.
    TagPicker,
    /// The hand-over form, with the typed reason.
    HandOver(String),
    /// The question before writing into a colleague's chat, and the text that is inserted if the person decides to
    /// write.
    Question(Option<Insertion>),
    /// The palette, with its query and form.
    Palette(Box<Palette>),
    /// The question before sending a draft with unfilled fields.
    SendQuestion,
    /// The list of keys.
    Help,
}

/// The field for a new tag.
#[derive(Clone, Default)]
pub(super) struct NewTag {
    /// The typed name.
    pub(super) name: String,
    /// Whether the new tag is put on the open chat.
    pub(super) on_chat: bool,
}

/// How the sidebar is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SidebarMode {
    /// Beside WhatsApp, which gets narrower.
    #[default]
    Beside,
    /// Only the rail is shown.
    Rail,
    /// Over WhatsApp, because the rail stands for the sidebar and a part of it was opened.
    Over,
}

impl Surface {
    /// The layer of the surface. Higher layers close first, and all surfaces of one layer close together.
    fn layer(&self) -> u8 {
        match self {
            Surface::Filter(_) => 0,
            Surface::Name(_)
            | Surface::NewTag(_)
            | Surface::EditTag(_)
            | Surface::TagPicker
            | Surface::HandOver(_) => 1,
            Surface::Question(_) => 2,
            Surface::Palette(_) => 3,
            Surface::SendQuestion => 4,
            Surface::Help => 5,
        }
    }

    /// Whether the surface is about the open chat, so that it closes when another chat is opened.
    fn ends_with_chat(&self) -> bool {
        match self {
            Surface::TagPicker | Surface::HandOver(_) | Surface::Palette(_) => true,
            Surface::Question(_) | Surface::SendQuestion => true,
            Surface::Filter(_) | Surface::NewTag(_) | Surface::EditTag(_) | Surface::Help => false,
            Surface::Name(_) => false,
        }
    }

    /// Whether the surface is drawn in the sidebar, so that the sidebar has to be on screen.
    fn is_in_sidebar(&self) -> bool {
        match self {
            Surface::Name(_) | Surface::NewTag(_) | Surface::EditTag(_) => true,
            Surface::TagPicker | Surface::HandOver(_) => true,
            Surface::Palette(palette) => palette.in_sidebar,
            Surface::Filter(_) | Surface::Question(_) | Surface::SendQuestion | Surface::Help => false,
        }
    }

    /// Whether the surface is a question about the composer. Closing such a question because the chat changed needs no
    /// [`Effect::RestoreFocus`]: WhatsApp itself focuses the composer of the other chat.
    fn is_question(&self) -> bool {
        matches!(self, Surface::Question(_) | Surface::SendQuestion)
    }
}

/// All open surfaces, and how the sidebar is shown.
#[derive(Default)]
pub struct Surfaces {
    /// Sorted by layer, the lowest first; at most one surface of each kind.
    stack: Vec<Surface>,
    /// Whether the person collapsed the sidebar to a rail.
    collapsed: bool,
    /// Whether the window is too narrow for the sidebar beside WhatsApp.
    narrow: bool,
    /// Whether the person opened the sidebar where only the rail has room.
    over: bool,
}

impl Surfaces {
    /// A stack without open surfaces.
    pub(super) fn new(collapsed: bool) -> Surfaces {
        Surfaces { collapsed, ..Surfaces::default() }
    }

    /// Closes everything, because another account's chats are shown. The sidebar stays as it is.
    pub(super) fn reset(&mut self) {
        self.stack.clear();
    }

    /// Opens a surface. It replaces an open surface of the same kind.
    pub(super) fn open(&mut self, surface: Surface) {
        let kind = core::mem::discriminant(&surface);
        self.stack.retain(|it| core::mem::discriminant(it) != kind);
        let at = self.stack.partition_point(|it| it.layer() <= surface.layer());
        self.stack.insert(at, surface);
    }

    /// Closes the surfaces that `fits` selects, and returns whether there was one.
    pub(super) fn close(&mut self, fits: impl Fn(&Surface) -> bool) -> bool {
        let before = self.stack.len();
        self.stack.retain(|it| !fits(it));
        self.stack.len() < before
    }

    /// Opens a surface and focuses it, or closes the surfaces that `fits` selects and restores the focus.
    pub(super) fn toggle(
        &mut self,
        open: Option<(Surface, Spot)>,
        fits: impl Fn(&Surface) -> bool,
    ) -> Vec<Effect> {
        match open {
            Some((surface, spot)) => {
                self.open(surface);
                vec![Effect::Focus(spot)]
            }
            None => {
                self.close(fits);
                vec![Effect::RestoreFocus]
            }
        }
    }

    /// Whether a surface that `fits` selects is open.
    pub(super) fn has(&self, fits: impl Fn(&Surface) -> bool) -> bool {
        self.stack.iter().any(fits)
    }

    /// Goes back one step and restores the focus. The palette returns from a form to its list; otherwise the highest
    /// layer closes. With nothing open, only the focus goes back.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        match self.stack.last_mut() {
            None => self.over = false,
            Some(Surface::Palette(palette)) if palette.stage != Stage::Finding && !palette.in_sidebar => {
                palette.stage = Stage::Finding;
            }
            Some(innermost) => {
                let layer = innermost.layer();
                self.stack.retain(|it| it.layer() < layer);
            }
        }
        vec![Effect::RestoreFocus]
    }

    /// Closes the surfaces that are about the former chat, so that input for one chat never ends up in another.
    pub(super) fn leave_chat(&mut self) -> Vec<Effect> {
        self.close(Surface::is_question);
        if self.close(Surface::ends_with_chat) { vec![Effect::RestoreFocus] } else { vec![] }
    }

    /// Opens the question before writing into a colleague's chat. `waiting` is inserted if the person decides to write.
    /// The focus stays in the composer: the person may be typing, and a letter must not press a button.
    pub(super) fn ask(&mut self, waiting: Option<Insertion>) -> Vec<Effect> {
        self.open(Surface::Question(waiting));
        vec![]
    }

    /// Closes the question before writing, because the composer is no longer guarded.
    pub(super) fn close_question(&mut self) {
        self.close(|it| matches!(it, Surface::Question(_)));
    }

    /// Closes the question before writing after the person decided to write, and inserts the text that waited.
    pub(super) fn answered(&mut self) -> Vec<Effect> {
        let Some(at) = self.stack.iter().position(|it| matches!(it, Surface::Question(_))) else {
            return vec![];
        };
        match self.stack.remove(at) {
            Surface::Question(Some(insertion)) => vec![Effect::RestoreFocus, Effect::Insert(insertion)],
            _ => vec![Effect::RestoreFocus],
        }
    }

    /// How the sidebar is shown.
    pub fn sidebar(&self) -> SidebarMode {
        if !self.collapsed && !self.narrow {
            SidebarMode::Beside
        } else if self.over || self.has(Surface::is_in_sidebar) {
            SidebarMode::Over
        } else {
            SidebarMode::Rail
        }
    }

    /// Collapses or opens the sidebar. In a narrow window it opens over WhatsApp, which is not remembered.
    pub(super) fn collapse(&mut self, collapsed: bool) -> Vec<Effect> {
        self.close(|it| collapsed && it.is_in_sidebar());
        self.over = self.narrow && !collapsed;
        let focus = if collapsed { Effect::RestoreFocus } else { Effect::Focus(Spot::Sidebar) };
        if self.narrow {
            return vec![focus];
        }
        self.collapsed = collapsed;
        vec![Effect::Remember(Preference::Collapsed, collapsed), focus]
    }

    /// Whether the window is too narrow for the sidebar beside WhatsApp.
    pub fn is_narrow(&self) -> bool {
        self.narrow
    }

    /// Follows the width of the window.
    pub(super) fn set_narrow(&mut self, narrow: bool) -> Vec<Effect> {
        self.narrow = narrow;
        self.over = false;
        vec![]
    }

    /// Closes the surfaces that a press outside of Baton closes.
    pub(super) fn pressed_outside(&mut self) -> Vec<Effect> {
        self.over = false;
        self.close(|it| matches!(it, Surface::Palette(_)));
        vec![]
    }

    /// The filter of the chat list.
    pub fn filter(&self) -> Option<Filter> {
        self.stack.iter().find_map(|it| if let Surface::Filter(filter) = it { Some(*filter) } else { None })
    }

    /// The tag that is being edited.
    pub(super) fn edited_tag(&self) -> Option<TagId> {
        self.stack.iter().find_map(|it| if let Surface::EditTag(tag) = it { Some(*tag) } else { None })
    }

    /// The palette, while open.
    pub fn palette(&self) -> Option<&Palette> {
        self.stack
            .iter()
            .find_map(|it| if let Surface::Palette(palette) = it { Some(&**palette) } else { None })
    }

    /// The palette, mutable, while open.
    pub(super) fn palette_mut(&mut self) -> Option<&mut Palette> {
        let palettes = self.stack.iter_mut();
        palettes.filter_map(|it| if let Surface::Palette(it) = it { Some(&mut **it) } else { None }).next()
    }

    /// Whether the list of keys is shown.
    pub fn is_helping(&self) -> bool {
        self.has(|it| matches!(it, Surface::Help))
    }

    /// Whether the question before writing into a colleague's chat is open.
    pub(super) fn is_asking(&self) -> bool {
        self.has(|it| matches!(it, Surface::Question(_)))
    }

    /// Whether the question before sending a draft with unfilled fields is open.
    pub(super) fn is_asking_to_send(&self) -> bool {
        self.has(|it| matches!(it, Surface::SendQuestion))
    }

    /// Whether the tag picker for the open chat is open.
    pub(super) fn is_picking_tags(&self) -> bool {
        self.has(|it| matches!(it, Surface::TagPicker))
    }

    /// The typed reason in the hand-over form, while it is open.
    pub(super) fn hand_over(&self) -> Option<&str> {
        self.stack
            .iter()
            .find_map(|it| if let Surface::HandOver(reason) = it { Some(&**reason) } else { None })
    }

    /// The unfinished name of the person.
    pub(super) fn naming(&self) -> Option<&Naming> {
        self.stack.iter().find_map(|it| if let Surface::Name(naming) = it { Some(naming) } else { None })
    }

    /// The field for a new tag, while it is open.
    pub(super) fn new_tag(&self) -> Option<&NewTag> {
        self.stack.iter().find_map(|it| if let Surface::NewTag(field) = it { Some(field) } else { None })
    }

    /// Replaces an open surface by `typed`, which has the newly typed text.
    pub(super) fn keep_typed(&mut self, typed: Surface) -> Vec<Effect> {
        let kind = core::mem::discriminant(&typed);
        if let Some(open) = self.stack.iter_mut().find(|it| core::mem::discriminant(*it) == kind) {
            *open = typed;
        }
        vec![]
    }
}
