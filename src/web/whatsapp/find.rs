//! Finds a part of the page: the newest candidate of its locator whose match passes the candidate's check.
//!
//! The locator records the candidate that hit, so that a report can show it. Candidates from layout updates are tried
//! before the built-in ones, which always stay as a fallback.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::locators::{EMOJI, PICTURE};
use super::text;

/// A part of the page and the ways to find it, newest first.
pub(super) struct Locator {
    pub(super) name: &'static str,
    pub(super) candidates: &'static [Candidate],
    /// [`NO_HIT`], the index of the candidate that hit last, or [`LEARNED_HIT`] plus the index of a learned one.
    hit: AtomicUsize,
}

/// One way to find a part.
pub(super) struct Candidate {
    pub(super) css: &'static str,
    pub(super) fits: Fits,
    /// The months in which this shape was seen, first and last; an open end means that it is alive.
    pub(super) seen: &'static str,
}

/// The check that a match must pass.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fits {
    /// Any match passes.
    Always,
    /// It is positioned by a `transform`, as rows of a virtual list are.
    Placed,
    /// It is placed, and not inside another placed element.
    Outermost,
    /// At least three of its children are placed, at different heights.
    ListOfPlaced,
    /// Its text is a number.
    Count,
    /// It has neither text nor picture.
    Blank,
    /// It has text or emoji.
    Text,
    /// It has a size on screen.
    Sized,
    /// It has a size, in the lower third of the window.
    Low,
    /// Its text is the name of an icon with one of these prefixes.
    Icon(&'static [&'static str]),
}

/// A candidate from a layout update.
pub(super) struct Learned {
    /// The locator it is for.
    pub(super) part: String,
    pub(super) css: String,
    pub(super) fits: Fits,
}

const NO_HIT: usize = usize::MAX;
const LEARNED_HIT: usize = 1 << 16;

thread_local! {
    static LEARNED: RefCell<Vec<Learned>> = const { RefCell::new(Vec::new()) };
}

/// Replaces the learned candidates.
pub(super) fn learn(learned: Vec<Learned>) {
    LEARNED.set(learned);
}

impl Locator {
    pub(super) const fn new(name: &'static str, candidates: &'static [Candidate]) -> Locator {
        Locator { name, candidates, hit: AtomicUsize::new(NO_HIT) }
    }

    /// The first fitting element below `within`.
    pub(super) fn find(&self, within: &Element) -> Option<Element> {
        self.all(within, false)
    }

    /// The last fitting element below `within`.
    pub(super) fn find_last(&self, within: &Element) -> Option<Element> {
        self.all(within, true)
    }

    /// The number of built-in candidates.
    pub(super) fn ways(&self) -> usize {
        self.candidates.len()
    }

    /// The selector of the candidate that hit last.
    pub(super) fn hit(&self) -> Option<String> {
        match self.hit.load(Relaxed) {
            NO_HIT => None,
            place if place >= LEARNED_HIT => {
                LEARNED.with_borrow(|learned| learned.get(place - LEARNED_HIT).map(|it| it.css.clone()))
            }
            place => self.candidates.get(place).map(|it| it.css.to_owned()),
        }
    }

    /// The months in which the candidate that hit last was seen; `None` for a learned one.
    pub(super) fn seen(&self) -> Option<&'static str> {
        self.candidates.get(self.hit.load(Relaxed)).map(|it| it.seen)
    }

    /// Forgets the hit, before a read for a report.
    pub(super) fn reset(&self) {
        self.hit.store(NO_HIT, Relaxed);
    }

    fn all(&self, within: &Element, last: bool) -> Option<Element> {
        let learned = LEARNED.with_borrow(|learned| {
            learned.iter().enumerate().filter(|(_, it)| it.part == self.name).find_map(|(place, it)| {
                Some((LEARNED_HIT + place, matching(within, &it.css, it.fits, last)?))
            })
        });
        let found = learned.or_else(|| {
            self.candidates.iter().enumerate().find_map(|(place, candidate)| {
                Some((place, matching(within, candidate.css, candidate.fits, last)?))
            })
        });
        let (place, element) = found?;
        self.hit.store(place, Relaxed);
        Some(element)
    }
}

/// The first (or the last) match of a selector that passes the check.
fn matching(within: &Element, css: &str, fits: Fits, last: bool) -> Option<Element> {
    let first = within.query_selector(css).ok()??;
    if !last && fits.check(&first) {
        return Some(first);
    }
    if fits == Fits::Always && !last {
        return None;
    }
    let nodes = within.query_selector_all(css).ok()?;
    let element = |i| nodes.item(i)?.dyn_into::<Element>().ok().filter(|it| fits.check(it));
    if last { (0..nodes.length()).rev().find_map(element) } else { (1..nodes.length()).find_map(element) }
}

impl Fits {
    /// The check with this name in a layout update.
    pub(super) fn named(name: &str) -> Option<Fits> {
        Some(match name {
            "always" => Fits::Always,
            "placed" => Fits::Placed,
            "outermost" => Fits::Outermost,
            "list" => Fits::ListOfPlaced,
            "count" => Fits::Count,
            "blank" => Fits::Blank,
            "text" => Fits::Text,
            "sized" => Fits::Sized,
            "low" => Fits::Low,
            _ => return None,
        })
    }

    fn check(self, element: &Element) -> bool {
        let text = || element.text_content().unwrap_or_default();
        match self {
            Fits::Always => true,
            Fits::Placed => top_of(element).is_some(),
            Fits::Outermost => is_outermost(element),
            Fits::ListOfPlaced => is_list(element),
            Fits::Count => text::count(&text()).is_some(),
            Fits::Blank => text().trim().is_empty() && !has(element, PICTURE),
            Fits::Text => !text().trim().is_empty() || has(element, EMOJI),
            Fits::Sized => is_sized(element),
            Fits::Low => is_sized(element) && is_low(element),
            Fits::Icon(names) => {
                let name = text();
                names.iter().any(|it| name.trim().starts_with(it))
            }
        }
    }
}

fn has(element: &Element, css: &str) -> bool {
    element.query_selector(css).is_ok_and(|it| it.is_some())
}

/// The vertical offset of an element's `transform`, in px.
pub(super) fn top_of(element: &Element) -> Option<f64> {
    text::vertical(&style(element, "transform"))
}

/// A property of an element's inline style.
pub(super) fn style(element: &Element, property: &str) -> String {
    let styled = element.dyn_ref::<HtmlElement>();
    styled.and_then(|it| it.style().get_property_value(property).ok()).unwrap_or_default()
}

fn is_outermost(element: &Element) -> bool {
    let around = core::iter::successors(element.parent_element(), |it| it.parent_element());
    top_of(element).is_some()
        && around.take_while(|it| !it.matches(":root").unwrap_or(true)).all(|it| top_of(&it).is_none())
}

/// Whether an element looks like a virtual list: its children all have a `transform`, with different offsets.
fn is_list(element: &Element) -> bool {
    let children = element.children();
    let mut tops: Vec<f64> = (0..children.length()).filter_map(|i| top_of(&children.item(i)?)).collect();
    tops.sort_by(f64::total_cmp);
    tops.dedup();
    tops.len() >= 3
}

fn is_sized(element: &Element) -> bool {
    let rect = element.get_bounding_client_rect();
    rect.width() > 0.0 && rect.height() > 0.0
}

fn is_low(element: &Element) -> bool {
    let window = element.owner_document().and_then(|it| it.document_element());
    let height = window.map_or(0, |it| it.client_height());
    element.get_bounding_client_rect().bottom() > f64::from(height) * 2.0 / 3.0
}
