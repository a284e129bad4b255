//! Opens a chat: finds its row, scrolls it into view, and clicks it with the events of a real click.

use web_sys::{Element, MouseEvent, MouseEventInit};

use super::composer::frame;
use super::locators::ROW_TITLE;
use super::page::Page;

/// No row of the chat list, or more than one, has the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotFound;

/// The most scroll steps, of a few dozen rows each: enough for 10,000 chats.
const STEPS: usize = 600;
/// The timeout for rows to appear after scrolling, in frames. Normally it takes one or two.
const FRAMES_FOR_ROWS: usize = 20;

/// Opens the chat with this title, scrolling the list as far as needed. If no row has it, the list is scrolled back.
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
    // The row's node may have been recycled for another chat meanwhile.
    let row = only_row(page, title)?.ok_or(NotFound)?;
    click(&ROW_TITLE.find(&row).ok_or(NotFound)?);
    Ok(())
}

/// The row with this title, if it is rendered. Fails if two rows have it, because either may be meant.
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
        // Rows are rendered beyond the visible area, and all of them were checked, so the step includes them.
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

/// Waits until rows are rendered at the scroll position.
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

/// The top and the bottom of the rendered rows on screen.
fn rendered(page: &Page) -> Option<(f64, f64)> {
    let list = page.list();
    let first = list.chats().next()?.0.element.get_bounding_client_rect();
    let last = list.chats().last()?.0.element.get_bounding_client_rect();
    Some((first.top(), last.bottom()))
}

/// Scrolls a row into view.
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

/// Dispatches press and release at the middle of an element. WhatsApp reacts to more events than `click`, and reads their
/// coordinates.
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
            // The next reading shows whether WhatsApp reacted.
            let _ = element.dispatch_event(&event);
        }
    }
}
