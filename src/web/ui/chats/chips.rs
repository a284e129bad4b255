//! Chips on the rows of WhatsApp's own chat list.
//!
//! WhatsApp recycles its rows, so Baton adds no nodes to them. Instead, a host in the scroller moves with it. In the
//! host, each row that has chips gets a frame with the row's own transform and transition, so that chips move exactly
//! as rows do. They are drawn in the observer's callback, before the browser paints.

use baton_core::app::chats::view::RowChips;
use baton_core::app::chip::Chip;
use web_sys::{Element, HtmlElement};

use crate::dom::root::Root;
use crate::dom::{Build, append, el, lengths, set_attr, set_flag, set_text};
use crate::ui::widget::{chip, show};
use crate::whatsapp::RowFrame;

/// The layer of chips.
pub(crate) struct Chips {
    root: Root,
    frames: Vec<Frame>,
}

/// The frame over one row, with its chips. Frames are reused from one draw to the next.
struct Frame {
    node: HtmlElement,
    chips: HtmlElement,
    style: String,
    shown: Option<RowChips>,
}

impl Chips {
    pub(crate) fn new(style: &str) -> Chips {
        Chips { root: Root::new("chips", style), frames: Vec::new() }
    }

    /// The host, which callers compare with WhatsApp's own nodes.
    pub(crate) fn host(&self) -> &HtmlElement {
        self.root.host()
    }

    /// Draws the chips of `rows` at the positions in `frames`, inside the scroller. Without a scroller, the host is
    /// detached.
    pub(crate) fn show(&mut self, rows: &[RowChips], frames: &[RowFrame], scroller: Option<&Element>) {
        let Some(scroller) = scroller else {
            self.root.detach();
            return;
        };
        self.root.attach(scroller);
        let mut used = 0;
        for row in rows {
            let Some(at) = frames.iter().find(|frame| frame.row == row.row) else { continue };
            if self.frames.len() == used {
                let frame = Frame::new();
                append(self.root.shadow(), &frame.node);
                self.frames.push(frame);
            }
            self.frames[used].show(row, at);
            used += 1;
        }
        for frame in &self.frames[used..] {
            show(&frame.node, false);
        }
    }

    /// Applies WhatsApp's theme.
    pub(crate) fn theme(&self, dark: bool, surface: Option<[u8; 3]>, selected_row: Option<[u8; 3]>) {
        self.root.theme(dark, surface, selected_row);
    }
}

impl Frame {
    fn new() -> Frame {
        let chips = el("div").class("chips");
        Frame { node: el("div").class("row-frame").with(&[&chips]), chips, style: String::new(), shown: None }
    }

    fn show(&mut self, row: &RowChips, at: &RowFrame) {
        show(&self.node, true);
        let RowFrame { top, height, transform, transition, .. } = at;
        let style = lengths(&[("top", *top), ("height", *height)]);
        let style = format!("{style};transform:{transform};transition:{transition}");
        if self.style != style {
            set_attr(&self.node, "style", Some(&style));
            self.style = style;
        }
        if self.shown.as_ref().is_some_and(|shown| same(shown, row)) {
            return;
        }
        set_flag(&self.chips, "data-selected", row.selected);
        self.chips.set_text_content(None);
        for tag in &row.tags {
            append(&self.chips, &chip(tag));
        }
        if row.more > 0 {
            let more = el("span").class("more");
            set_text(&more, &format!("+{}", row.more));
            append(&self.chips, &more);
        }
        if let Some(holder) = &row.holder {
            append(&self.chips, &holder_chip(holder));
        }
        self.shown = Some(row.clone());
    }
}

fn holder_chip(view: &Chip) -> HtmlElement {
    chip(view).class("chip holder")
}

/// Whether two rows have the same chips. A frame may be reused for another row, so the row's index is not compared.
fn same(a: &RowChips, b: &RowChips) -> bool {
    (&a.tags, a.more, &a.holder, a.selected) == (&b.tags, b.more, &b.holder, b.selected)
}
