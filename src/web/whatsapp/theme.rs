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
    let window = web_sys::window()?;
    let mut next = Some(part.clone());
    while let Some(element) = next {
        let style = window.get_computed_style(&element).ok().flatten()?;
        if let Some(colour) = opaque(&style.get_property_value("background-color").ok()?) {
            let fits = colour.iter().all(|channel| if dark { *channel <= 35 } else { *channel >= 244 });
            return fits.then_some(colour);
        }
        next = element.parent_element();
    }
    None
}

/// The colour of a row of the chat list, as CSS has it: of the first element inside it that has one.
pub(super) fn row_colour(row: &Element) -> Option<[u8; 3]> {
    /// How deep the element with the colour is in the layouts seen, with some to spare.
    const DEPTH: usize = 6;
    let window = web_sys::window()?;
    let inside = core::iter::successors(Some(row.clone()), Element::first_element_child).take(DEPTH);
    inside
        .filter_map(|element| window.get_computed_style(&element).ok().flatten())
        .find_map(|style| opaque(&style.get_property_value("background-color").ok()?))
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
