//! WhatsApp's theme, the colour of its surfaces, and the writing direction.

use web_sys::{Document, Element};

/// Dark theme: the class has been on `body` in every layout seen.
pub(super) fn is_dark(document: &Document) -> bool {
    document.body().is_some_and(|body| body.class_list().contains("dark"))
}

/// Right-to-left. Older layouts write `RTL`.
pub(super) fn is_rtl(document: &Document) -> bool {
    let dir = document.document_element().and_then(|html| html.get_attribute("dir"));
    dir.is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"))
}

/// The colour behind a part of the page, as red, green and blue. `None` if Baton's texts would not be readable on it;
/// tests/tokens.rs computes the contrasts at these bounds.
pub(super) fn surface(part: &Element, dark: bool) -> Option<[u8; 3]> {
    let fits = |channel: &u8| if dark { *channel <= 35 } else { *channel >= 244 };
    behind(part).filter(|colour| colour.iter().all(fits))
}

/// The colour of a row of the chat list: of the first element inside it that has one, else the colour behind it.
pub(super) fn row_colour(row: &Element) -> Option<[u8; 3]> {
    /// The depth of the element with the colour in the layouts seen, with some to spare.
    const DEPTH: usize = 6;
    let mut inside = core::iter::successors(Some(row.clone()), Element::first_element_child).take(DEPTH);
    inside.find_map(|element| background(&element)).or_else(|| behind(row))
}

/// The opaque colour behind an element: its own, or that of the closest ancestor that has one.
fn behind(element: &Element) -> Option<[u8; 3]> {
    core::iter::successors(Some(element.clone()), |it| it.parent_element()).find_map(|it| background(&it))
}

/// The background of an element, if it is opaque.
fn background(element: &Element) -> Option<[u8; 3]> {
    let style = web_sys::window()?.get_computed_style(element).ok().flatten()?;
    opaque(&style.get_property_value("background-color").ok()?)
}

/// Reads a computed colour that is opaque: `rgb(22, 23, 23)`.
fn opaque(colour: &str) -> Option<[u8; 3]> {
    let mut channels = colour.strip_prefix("rgb(")?.strip_suffix(')')?.split(',').map(|it| it.trim().parse());
    let mut channel = || channels.next()?.ok();
    Some([channel()?, channel()?, channel()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_opaque_colours_are_surfaces() {
        assert_eq!(opaque("rgb(22, 23, 23)"), Some([22, 23, 23]));
        for colour in ["rgba(0, 0, 0, 0)", "transparent", "rgb(1, 2)", "rgb(300, 0, 0)", ""] {
            assert_eq!(opaque(colour), None, "{colour}");
        }
    }
}
