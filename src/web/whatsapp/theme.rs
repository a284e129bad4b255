//! WhatsApp's theme and writing direction.

use web_sys::Document;

/// Dark theme: the class has been on `body` in every layout seen.
pub(super) fn is_dark(document: &Document) -> bool {
    document.body().is_some_and(|body| body.class_list().contains("dark"))
}

/// Right-to-left. Older layouts write `RTL`.
pub(super) fn is_rtl(document: &Document) -> bool {
    let dir = document.document_element().and_then(|html| html.get_attribute("dir"));
    dir.is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"))
}
