//! What is open on the page, as one stack.

use crate::app::effect::{Effect, Insertion, Spot};
use crate::app::filter::Filter;
use crate::app::palette::{Palette, Stage};
use crate::id::TagId;

/// Something that is open and can be closed, with what is half done in it.
pub(super) enum Surface {
    /// The chat list is narrowed.
    Filter(Filter),
    /// The field for a new tag, with the name typed so far.
    NewTag(String),
    /// The editor of a tag.
    EditTag(TagId),
    /// The list of tags for the open chat.
    TagPicker,
    /// The hand-over form, with the reason typed so far.
    HandOver(String),
    /// The question before writing into a colleague's chat, and the text that waits for the answer.
    Question(Option<Insertion>),
    /// The quick replies, with what was typed and answered there.
    Palette(Box<Palette>),
    /// The question before sending what is not filled in.
    SendQuestion,
    /// The keys.
    Help,
}

impl Surface {
    /// Which surfaces lie over which: a higher one closes first, and those of one layer close together.
    fn layer(&self) -> u8 {
        match self {
            Surface::Filter(_) => 0,
            Surface::NewTag(_) | Surface::EditTag(_) | Surface::TagPicker | Surface::HandOver(_) => 1,
            Surface::Question(_) => 2,
            Surface::Palette(_) => 3,
            Surface::SendQuestion => 4,
            Surface::Help => 5,
        }
    }

    /// Whether it is about the open chat, and closes when another one is opened.
    fn ends_with_chat(&self) -> bool {
        match self {
            Surface::TagPicker | Surface::HandOver(_) | Surface::Palette(_) => true,
            Surface::Question(_) | Surface::SendQuestion => true,
            Surface::Filter(_) | Surface::NewTag(_) | Surface::EditTag(_) | Surface::Help => false,
        }
    }

    /// Whether it is a question about the composer. The composer of another chat has the focus by itself.
    fn is_question(&self) -> bool {
        matches!(self, Surface::Question(_) | Surface::SendQuestion)
    }
}

/// All that is open, and whether the sidebar is.
#[derive(Default)]
pub struct Surfaces {
    /// By layer, the lowest first; at most one of each kind.
    stack: Vec<Surface>,
    /// Whether the sidebar is a rail.
    pub collapsed: bool,
}

impl Surfaces {
    /// Nothing is open but the sidebar, unless it is `collapsed`.
    pub(super) fn new(collapsed: bool) -> Surfaces {
        Surfaces { collapsed, ..Surfaces::default() }
    }

    /// Opens a surface. Another one of its kind makes way for it.
    pub(super) fn open(&mut self, surface: Surface) {
        let kind = core::mem::discriminant(&surface);
        self.stack.retain(|it| core::mem::discriminant(it) != kind);
        let at = self.stack.partition_point(|it| it.layer() <= surface.layer());
        self.stack.insert(at, surface);
    }

    /// Closes those that fit. Whether there was one.
    pub(super) fn close(&mut self, fits: impl Fn(&Surface) -> bool) -> bool {
        let before = self.stack.len();
        self.stack.retain(|it| !fits(it));
        self.stack.len() < before
    }

    /// Opens a surface that takes the focus, or closes those that fit and gives the focus back.
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
                vec![Effect::GiveBack]
            }
        }
    }

    /// Whether one that fits is open.
    pub(super) fn has(&self, fits: impl Fn(&Surface) -> bool) -> bool {
        self.stack.iter().any(fits)
    }

    /// Steps back: the innermost layer closes, or what is done in the palette is left for its list, and the focus
    /// returns.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        match self.stack.last_mut() {
            None => return vec![],
            Some(Surface::Palette(palette)) if palette.stage != Stage::Finding => {
                palette.stage = Stage::Finding;
            }
            Some(innermost) => {
                let layer = innermost.layer();
                self.stack.retain(|it| it.layer() < layer);
            }
        }
        vec![Effect::GiveBack]
    }

    /// Another chat is open: what was begun for one must not end in another.
    pub(super) fn leave_chat(&mut self) -> Vec<Effect> {
        self.close(Surface::is_question);
        if self.close(Surface::ends_with_chat) { vec![Effect::GiveBack] } else { vec![] }
    }

    /// Asks before writing into a colleague's chat. `waiting` is written if the answer is yes.
    pub(super) fn ask(&mut self, waiting: Option<Insertion>) -> Vec<Effect> {
        self.open(Surface::Question(waiting));
        vec![Effect::Focus(Spot::Question)]
    }

    /// Takes the question before writing away: nobody is kept from it any more.
    pub(super) fn close_question(&mut self) {
        self.close(|it| matches!(it, Surface::Question(_)));
    }

    /// The question before writing was answered with yes: goes on with what waited for it.
    pub(super) fn answered(&mut self) -> Vec<Effect> {
        let Some(at) = self.stack.iter().position(|it| matches!(it, Surface::Question(_))) else {
            return vec![];
        };
        match self.stack.remove(at) {
            Surface::Question(Some(insertion)) => vec![Effect::GiveBack, Effect::Insert(insertion)],
            _ => vec![Effect::GiveBack],
        }
    }

    /// Collapses the sidebar to a rail, or opens it.
    pub(super) fn collapse(&mut self, collapsed: bool) -> Vec<Effect> {
        self.collapsed = collapsed;
        vec![Effect::Remember { collapsed }]
    }

    /// What the chat list is narrowed to.
    pub fn filter(&self) -> Option<Filter> {
        self.stack.iter().find_map(|it| if let Surface::Filter(filter) = it { Some(*filter) } else { None })
    }

    /// The tag that is being edited.
    pub(super) fn edited_tag(&self) -> Option<TagId> {
        self.stack.iter().find_map(|it| if let Surface::EditTag(tag) = it { Some(*tag) } else { None })
    }

    /// The quick replies, while open.
    pub fn palette(&self) -> Option<&Palette> {
        self.stack
            .iter()
            .find_map(|it| if let Surface::Palette(palette) = it { Some(&**palette) } else { None })
    }

    /// The quick replies, while open, to be changed.
    pub(super) fn palette_mut(&mut self) -> Option<&mut Palette> {
        let palettes = self.stack.iter_mut();
        palettes.filter_map(|it| if let Surface::Palette(it) = it { Some(&mut **it) } else { None }).next()
    }

    /// Whether the keys are shown.
    pub fn is_helping(&self) -> bool {
        self.has(|it| matches!(it, Surface::Help))
    }

    /// Whether the question before writing into a colleague's chat is open.
    pub(super) fn is_asking(&self) -> bool {
        self.has(|it| matches!(it, Surface::Question(_)))
    }

    /// Whether the question before sending what is not filled in is open.
    pub(super) fn is_asking_to_send(&self) -> bool {
        self.has(|it| matches!(it, Surface::SendQuestion))
    }

    /// Whether the list of tags for the open chat is open.
    pub(super) fn is_picking_tags(&self) -> bool {
        self.has(|it| matches!(it, Surface::TagPicker))
    }

    /// The reason typed into the hand-over form, while that is open.
    pub(super) fn hand_over(&self) -> Option<&str> {
        self.stack
            .iter()
            .find_map(|it| if let Surface::HandOver(reason) = it { Some(&**reason) } else { None })
    }

    /// The name typed for a new tag, while the field is open.
    pub(super) fn new_tag(&self) -> Option<&str> {
        self.stack.iter().find_map(|it| if let Surface::NewTag(name) = it { Some(&**name) } else { None })
    }

    /// Keeps what was typed into a surface that is open.
    pub(super) fn keep_typed(&mut self, typed: Surface) -> Vec<Effect> {
        let kind = core::mem::discriminant(&typed);
        if let Some(open) = self.stack.iter_mut().find(|it| core::mem::discriminant(*it) == kind) {
            *open = typed;
        }
        vec![]
    }
}
