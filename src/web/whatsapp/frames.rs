//! The positions of the chat list's rows, for overlays that do not touch the rows themselves.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::list::List;
use super::parts::Parts;
use super::text;

/// The position of a row in [`Ground::parent`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowFrame {
    /// The index in the reading's rows.
    pub(crate) row: usize,
    /// The number of WhatsApp's node. An overlay should stay with its node, so that it moves by the same transitions.
    pub(crate) node: u32,
    /// The origin of `transform`, in px.
    pub(crate) top: f64,
    /// The height, in px.
    pub(crate) height: f64,
    /// The row's own CSS `transform`.
    pub(crate) transform: String,
    /// The row's own CSS `transition`: rows glide while the list is reordered.
    pub(crate) transition: String,
}

/// The element to which overlays are appended so that they scroll with the rows.
#[derive(Clone)]
pub(super) struct Ground {
    /// Positioned, and in the box that scrolls.
    pub(super) parent: Element,
    /// How far below its top the rows begin, in px.
    top: f64,
}

impl Ground {
    /// Measures the position of the rows. This forces a layout.
    pub(super) fn find(parts: &Parts) -> Option<Ground> {
        let (list, grid) = (parts.list.as_ref()?, parts.grid.as_ref()?);
        let window = web_sys::window()?;
        let outside = core::iter::successors(grid.parent_element(), |it| {
            if it == list { None } else { it.parent_element() }
        });
        let is_positioned = |element: &Element| {
            let style = window.get_computed_style(element).ok().flatten();
            style.and_then(|it| it.get_property_value("position").ok()).is_some_and(|it| it != "static")
        };
        // The rows are relative to the nearest positioned ancestor; without one, the grid itself is used.
        let parent = outside.into_iter().find(is_positioned).unwrap_or_else(|| grid.clone());
        let top = top_in(&parent, grid);
        Some(Ground { parent, top })
    }

    /// The frames of all chats.
    pub(super) fn frames(&self, list: &List) -> Vec<RowFrame> {
        let frame = |(row, seen): (usize, &super::list::Seen)| {
            let place = &seen.place;
            let height = place.height.strip_suffix("px").and_then(text::decimal);
            let moves = text::vertical(&place.transform).is_some();
            RowFrame {
                row,
                node: seen.node,
                top: if moves { self.top } else { top_in(&self.parent, &seen.element) },
                height: height.unwrap_or_else(|| seen.element.get_bounding_client_rect().height()),
                transform: if moves { place.transform.clone() } else { "none".to_owned() },
                transition: if moves { place.transition.clone() } else { "none".to_owned() },
            }
        };
        list.chats().map(|(seen, _)| seen).enumerate().map(frame).collect()
    }
}

/// How far below the top of `parent`'s inside `element` begins, wherever `parent` is scrolled to.
fn top_in(parent: &Element, element: &Element) -> f64 {
    let border = parent.dyn_ref::<HtmlElement>().map_or(0, |it| it.client_top());
    let between = element.get_bounding_client_rect().top() - parent.get_bounding_client_rect().top();
    between + f64::from(parent.scroll_top()) - f64::from(border)
}
