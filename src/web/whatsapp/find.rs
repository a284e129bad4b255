//! Finding a part of the page: the newest of a locator's candidates whose match also fits.
//!
//! What hit is noted with the locator, so that every read can say how it came about. Candidates that were learned from
//! an update go before the built-in ones, which always stay: a learned one that misses costs nothing but the asking.

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
    /// [`NO_HIT`], the place of the candidate that hit last, or [`LEARNED_HIT`] and the place of a learned one.
    hit: AtomicUsize,
}

/// One way to find a part.
pub(super) struct Candidate {
    pub(super) css: &'static str,
    pub(super) fits: Fits,
    /// The months in which this shape was seen, first and last; an open end means that it is alive.
    pub(super) seen: &'static str,
}

/// What a match must be like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fits {
    /// Whatever the selector finds.
    Always,
    /// It is moved to where it is by a `transform`, as rows of a virtual list are.
    Placed,
    /// The same, and it is in nothing of the kind.
    Outermost,
    /// At least three of its children are placed, one under the other.
    ListOfPlaced,
    /// Its text is a number.
    Count,
    /// It has neither text nor picture.
    Blank,
    /// It has text or emoji.
    Text,
    /// It takes up room on screen.
    Sized,
    /// The same, in the lower third of the window.
    Low,
    /// Its text is the name of an icon that begins like one of these.
    Icon(&'static [&'static str]),
}

/// A candidate that an update brought.
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

/// Replaces what was learned.
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

    /// The same, for parts of which the last is the one.
    pub(super) fn find_last(&self, within: &Element) -> Option<Element> {
        self.all(within, true)
    }

    /// How many ways to find it are known.
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

    /// Forgets what hit, before a read that is to tell.
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

/// The first element that a selector finds and that fits, or the last.
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
    /// The check that an update names.
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

/// How far down an element is moved, in px.
pub(super) fn top_of(element: &Element) -> Option<f64> {
    text::vertical(&style(element, "transform"))
}

/// The inline style of an element.
pub(super) fn style(element: &Element, property: &str) -> String {
    let styled = element.dyn_ref::<HtmlElement>();
    styled.and_then(|it| it.style().get_property_value(property).ok()).unwrap_or_default()
}

fn is_outermost(element: &Element) -> bool {
    let around = core::iter::successors(element.parent_element(), |it| it.parent_element());
    top_of(element).is_some()
        && around.take_while(|it| !it.matches(":root").unwrap_or(true)).all(|it| top_of(&it).is_none())
}

/// The rows of a virtual list are all moved, and to different places.
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
