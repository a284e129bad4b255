//! Localisation: messages, numbers and times in the person's language.

use std::cell::RefCell;

use baton_core::app::locale::Locale;
use baton_core::words::Words;
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::runtime::{call, get, method};
use super::{clock, pinyin};

/// Localises a message. A missing message is replaced by its name, which a test would catch.
pub(crate) fn localise(words: &Words) -> String {
    let Some(count) = words.count else { return message(words.name, &words.with) };
    let mut with = vec![number(count as usize)];
    with.extend(words.with.iter().cloned());
    let category = with_formatter(Formatter::Plural, "select", &[f64::from(count).into()]);
    let name = format!("{}_{}", words.name, category.unwrap_or_else(|| "other".into()));
    match get_message(&name, &with) {
        Some(text) => text,
        // A language may lack this plural category; `_other` always exists.
        None => message(&format!("{}_other", words.name), &with),
    }
}

/// Localises a message without arguments.
pub(crate) fn tr(name: &'static str) -> String {
    localise(&Words::plain(name))
}

/// Localises a message with arguments.
pub(crate) fn tr_with(name: &'static str, with: &[&str]) -> String {
    localise(&Words { with: with.iter().map(|it| (*it).to_owned()).collect(), ..Words::plain(name) })
}

/// Localises a message with a plural form.
pub(crate) fn tr_count(name: &'static str, count: usize) -> String {
    localise(&Words::count(name, count))
}

/// Formats a number for the locale.
pub(crate) fn number(number: usize) -> String {
    with_formatter(Formatter::Number, "format", &[(number as f64).into()])
        .unwrap_or_else(|| number.to_string())
}

/// Formats a time relative to now. `at` is in milliseconds since the Unix epoch.
pub(crate) fn ago(at: u64) -> String {
    let minutes = clock::now().saturating_sub(at) / 60_000;
    if minutes == 0 {
        return message("locale_just_now", &[]);
    }
    let (amount, unit) = match minutes {
        ..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    with_formatter(Formatter::Relative, "format", &[(-(amount as f64)).into(), unit.into()])
        .unwrap_or_default()
}

/// Formats date and time in full, for tooltips. `at` is in milliseconds since the Unix epoch.
pub(crate) fn full_time(at: u64) -> String {
    with_formatter(Formatter::Time, "format", &[(at as f64).into()]).unwrap_or_default()
}

/// Formats a day, given in days since the Unix epoch.
pub(crate) fn day(day: u32) -> String {
    with_formatter(Formatter::Day, "format", &[(f64::from(day) * 86_400_000.0).into()]).unwrap_or_default()
}

/// The name of a weekday, from 1 (Monday) to 7 (Sunday).
pub(crate) fn weekday(weekday: u8) -> String {
    // The fifth day of 1970 was a Monday.
    let day = f64::from(weekday) + 3.0;
    with_formatter(Formatter::Weekday, "format", &[(day * 86_400_000.0).into()]).unwrap_or_default()
}

/// The formats for customers: dates, times, and the greeting for the time of the day.
pub(crate) fn locale() -> Locale {
    Locale {
        date: |now, days| date(days_later(now, days)),
        time: |now| clock_time(now as f64),
        greeting: |now| {
            tr(match local(now).1 / 60 {
                5..12 => "locale_greeting_morning",
                12..18 => "locale_greeting_afternoon",
                _ => "locale_greeting_evening",
            })
        },
        local,
        initials: pinyin::initials,
        samples: || [tr("replies_sample_name"), tr("replies_sample_long"), "+49 1511 2345678".to_owned()],
        due: |now, days, minute| {
            let day = days_later(now, days as i32);
            day.set_hours(u32::from(minute) / 60);
            day.set_minutes(u32::from(minute) % 60);
            let time = clock_time(day.get_time());
            match days {
                0 => tr_with("locale_due_today", &[&time]),
                1 => tr_with("locale_due_tomorrow", &[&time]),
                _ => tr_with("locale_due_on", &[&date(day), &time]),
            }
        },
    }
}

/// The weekday, with Monday as 1, and the minute of the day, where this browser is.
fn local(now: u64) -> (u8, u16) {
    let now = Date::new(&(now as f64).into());
    let weekday = if now.get_day() == 0 { 7 } else { now.get_day() as u8 };
    (weekday, (now.get_hours() * 60 + now.get_minutes()) as u16)
}

/// The date `days` later at the same local time, also across changes of daylight-saving time.
fn days_later(now: u64, days: i32) -> Date {
    let date = Date::new(&(now as f64).into());
    let day = f64::from(date.get_date()) + f64::from(days);
    // `setDate` carries days beyond the end of the month into the next one.
    let _ = method(date.as_ref(), "setDate", &[day.into()]);
    date
}

fn date(date: Date) -> String {
    with_formatter(Formatter::Date, "format", &[date.into()]).unwrap_or_default()
}

fn clock_time(at: f64) -> String {
    with_formatter(Formatter::Clock, "format", &[at.into()]).unwrap_or_default()
}

fn message(name: &str, with: &[String]) -> String {
    get_message(name, with).unwrap_or_else(|| name.to_owned())
}

fn get_message(name: &str, with: &[String]) -> Option<String> {
    let with: Array = with.iter().map(JsValue::from).collect();
    let text = call(&["i18n"], "getMessage", &[name.into(), with.into()]).ok()?.as_string()?;
    (!text.is_empty()).then_some(text)
}

// Imported by its bare name: the global object that `js_sys` finds in Firefox's content scripts is the page's window,
// and the page's `Intl` may not read the options of a formatter made here.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = Intl)]
    static INTL: Option<JsValue>;
}

/// The cached `Intl` formatters. Creating one costs a hundred times as much as using it.
#[derive(Clone, Copy)]
enum Formatter {
    Plural,
    Number,
    Relative,
    Time,
    Day,
    Date,
    Clock,
    Weekday,
}

thread_local! {
    static FORMATTERS: RefCell<[Option<JsValue>; 8]> = const { RefCell::new([const { None }; 8]) };
}

fn with_formatter(kind: Formatter, name: &str, args: &[JsValue]) -> Option<String> {
    let formatter = FORMATTERS.with_borrow_mut(|all| {
        let slot = &mut all[kind as usize];
        if slot.is_none() {
            *slot = make(kind);
        }
        slot.clone()
    })?;
    method(&formatter, name, args).ok()?.as_string()
}

fn make(kind: Formatter) -> Option<JsValue> {
    let options = Object::new();
    let (class, settings): (_, &[(&str, &str)]) = match kind {
        Formatter::Plural => ("PluralRules", &[]),
        Formatter::Number => ("NumberFormat", &[]),
        Formatter::Relative => ("RelativeTimeFormat", &[("style", "short"), ("numeric", "always")]),
        Formatter::Time => ("DateTimeFormat", &[("dateStyle", "medium"), ("timeStyle", "short")]),
        Formatter::Date => ("DateTimeFormat", &[("dateStyle", "long")]),
        Formatter::Clock => ("DateTimeFormat", &[("timeStyle", "short")]),
        Formatter::Weekday => ("DateTimeFormat", &[("weekday", "long"), ("timeZone", "UTC")]),
        Formatter::Day => ("DateTimeFormat", &[("dateStyle", "medium"), ("timeZone", "UTC")]),
    };
    for (name, value) in settings {
        Reflect::set(&options, &(*name).into(), &(*value).into()).ok()?;
    }
    // Numbers are formatted in the language of the messages, not in the browser's.
    let locale = get_message("locale_code", &[])?;
    let intl = INTL.with(Option::clone)?;
    let class: Function = get(&intl, class).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&locale.into(), &options)).ok()
}
