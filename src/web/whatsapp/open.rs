//! Opening a chat: its row is found, scrolled to where it can be seen, and clicked as a hand would click it.

use web_sys::{Element, MouseEvent, MouseEventInit};

use super::composer::frame;
use super::locators::ROW_TITLE;
use super::page::Page;

/// No row of the chat list, or more than one, has the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotFound;

/// A list of 10,000 chats has been seen through after this many steps of a few dozen rows.
const STEPS: usize = 600;
/// Rows are there a frame or two after scrolling; a busy page may take longer.
const FRAMES_FOR_ROWS: usize = 20;

/// Opens the chat with this title, scrolling the list as far as needed. Where the chat is not found, the list is put
/// back to where it was.
pub(super) async fn open_chat(page: &Page, title: &str) -> Result<(), NotFound> {
    let list = page.parts().list.ok_or(NotFound)?;
    let before = list.scroll_top();
    let row = match only_row(page, title)? {
        Some(row) => Some(row),
        None => seek(page, &list, title).await?,
    };
    let Some(row) = row else {
        list.set_scroll_top(before);
        return Err(NotFound);
    };
    show(&list, &row).await;
    // It may have been given to another chat meanwhile.
    let row = only_row(page, title)?.ok_or(NotFound)?;
    click(&ROW_TITLE.find(&row).ok_or(NotFound)?);
    Ok(())
}

/// The row with this title, if it is rendered. Two of them are one too many: neither is it for certain.
fn only_row(page: &Page, title: &str) -> Result<Option<Element>, NotFound> {
    let list = page.list();
    let mut rows = list.with_title(title);
    let first = rows.next().map(|seen| seen.element.clone());
    if rows.next().is_some() { Err(NotFound) } else { Ok(first) }
}

/// Scrolls from top to bottom until the row is rendered.
async fn seek(page: &Page, list: &Element, title: &str) -> Result<Option<Element>, NotFound> {
    list.set_scroll_top(0);
    for _ in 0..STEPS {
        settle(page, list).await;
        if let Some(row) = only_row(page, title)? {
            return Ok(Some(row));
        }
        let at = list.scroll_top();
        // Rows are rendered ahead of what is seen; all of them have been looked at.
        let ahead =
            rendered(page).map_or(0.0, |(_, bottom)| bottom - list.get_bounding_client_rect().bottom());
        let step = f64::from(list.client_height()) + ahead.max(0.0);
        list.set_scroll_top(at + (step * 0.9) as i32);
        if list.scroll_top() <= at {
            return Ok(None);
        }
    }
    Ok(None)
}

/// Waits until there are rows where the list is scrolled to.
async fn settle(page: &Page, list: &Element) {
    for _ in 0..FRAMES_FOR_ROWS {
        frame().await;
        let seen = list.get_bounding_client_rect();
        // The last rows of the list may end above its lower edge.
        let at_end = list.scroll_top() + list.client_height() >= list.scroll_height() - 1;
        if rendered(page)
            .is_some_and(|(top, bottom)| top <= seen.bottom() && (bottom >= seen.bottom() || at_end))
        {
            return;
        }
    }
}

/// Where on screen the rendered rows begin and end.
fn rendered(page: &Page) -> Option<(f64, f64)> {
    let list = page.list();
    let first = list.chats().next()?.0.element.get_bounding_client_rect();
    let last = list.chats().last()?.0.element.get_bounding_client_rect();
    Some((first.top(), last.bottom()))
}

/// Scrolls a row to where it can be clicked.
async fn show(list: &Element, row: &Element) {
    let (seen, at) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    let off = if at.top() < seen.top() {
        at.top() - seen.top()
    } else if at.bottom() > seen.bottom() {
        at.bottom() - seen.bottom()
    } else {
        return;
    };
    list.set_scroll_top(list.scroll_top() + off.round() as i32);
    frame().await;
}

/// Presses and releases at the middle of an element: WhatsApp acts on more than `click`, and asks where.
fn click(element: &Element) {
    let rect = element.get_bounding_client_rect();
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    init.set_client_x((rect.left() + rect.width() / 2.0) as i32);
    init.set_client_y((rect.top() + rect.height() / 2.0) as i32);
    for kind in ["mousedown", "mouseup", "click"] {
        if let Ok(event) = MouseEvent::new_with_mouse_event_init_dict(kind, &init) {
            // Whether it was heeded shows in the reading.
            let _ = element.dispatch_event(&event);
        }
    }
}
