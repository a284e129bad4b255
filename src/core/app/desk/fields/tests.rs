//! Tests of fields, hours and the promise.

use super::view::Fields;
use crate::app::context::Msg as Context;
use crate::app::desk::tests::Lead;
use crate::app::desk::view::{Body, view};
use crate::app::desk::{Effect, Field, Msg as Desk, Section, Spot};
use crate::id::FieldId;
use crate::replica::{Key, Value};
use crate::team::hours;

use super::Msg;

const ADDRESS: FieldId = FieldId([40; 8]);
const IBAN: FieldId = FieldId([41; 8]);

fn shown(lead: &Lead) -> Fields {
    if let Body::Fields(fields) = view(&lead.desk).body { *fields } else { panic!("another section") }
}

fn with_address() -> Lead {
    let mut lead = Lead::new(Section::Fields);
    lead.write(Field::NewField, " address ");
    lead.send(Desk::Fields(Msg::New(ADDRESS)));
    lead
}

#[test]
fn a_field_is_made_filled_renamed_and_deleted_with_a_way_back() {
    let mut lead = with_address();
    assert_eq!((lead.ops(), shown(&lead).new.as_str()), (1, ""));
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::FieldValue(ADDRESS))));
    lead.write(Field::FieldValue(ADDRESS), "1 Long Street\n2 Short Street\n");
    lead.write(Field::FieldName(ADDRESS), "return address");
    lead.send(Desk::Left);
    let row = &shown(&lead).rows[0];
    assert_eq!((lead.ops(), row.name.as_str(), row.choices), (1, "return address", 2));
    assert_eq!(row.value, "1 Long Street\n2 Short Street");
    lead.send(Desk::Fields(Msg::Delete(ADDRESS)));
    assert_eq!((shown(&lead).rows.len(), lead.toast()), (0, Some("fields_toast_deleted")));
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::NewField)));
    lead.send(Desk::Context(Context::Undo));
    assert_eq!(shown(&lead).rows[0].name, "return address");
}

#[test]
fn a_name_that_can_not_be_one_is_told_and_not_saved() {
    let mut lead = with_address();
    for (name, why) in [("Name", "fields_built_in"), ("1,000", "fields_no_name"), ("ADDRESS", "fields_same")]
    {
        lead.write(Field::NewField, name);
        assert_eq!(shown(&lead).new_trouble.map(|it| it.name), Some(why));
        lead.send(Desk::Fields(Msg::New(IBAN)));
        assert_eq!((lead.ops(), shown(&lead).new.as_str()), (0, name));
    }
    lead.write(Field::FieldName(ADDRESS), "date+3");
    lead.send(Desk::Left);
    let row = &shown(&lead).rows[0];
    assert_eq!((lead.ops(), row.name.as_str()), (0, "date+3"), "what was typed stays");
    assert_eq!(row.trouble.as_ref().map(|it| it.name), Some("fields_built_in"));
    lead.write(Field::FieldName(ADDRESS), " ");
    lead.send(Desk::Left);
    assert_eq!((lead.ops(), shown(&lead).rows[0].name.as_str()), (0, "address"));
}

/// Ranges of minutes.
fn all<const N: usize>(ranges: [(u16, u16); N]) -> Vec<core::ops::Range<u16>> {
    ranges.map(|(start, end)| start..end).into()
}

#[test]
fn typed_hours_are_shown_in_the_grid_and_told_where_they_can_not_be_read() {
    let mut lead = Lead::new(Section::Fields);
    assert!(shown(&lead).always && shown(&lead).week.iter().all(Vec::is_empty));
    lead.write(Field::Hours, "1-5 9:00-12:30 13:30-18:00; 6 10-14");
    let (words, place) = shown(&lead).hours_trouble.expect("what is wrong");
    assert_eq!((words.name, words.with[0].as_str(), place), ("fields_hours_no_hours", "10-14", 30..35));
    lead.send(Desk::Left);
    assert_eq!((lead.ops(), shown(&lead).hours.ends_with("10-14")), (0, true), "what was typed stays");
    lead.write(Field::Hours, "1-5 9:00-12:30 13:30-18:00; 6 10:00-14:00");
    lead.send(Desk::Left);
    let shown = shown(&lead);
    assert_eq!((lead.ops(), shown.hours.as_str()), (1, "1-5 09:00-12:30 13:30-18:00; 6 10:00-14:00"));
    assert_eq!(shown.week[0], all([(540, 750), (810, 1080)]));
    assert_eq!(
        (&shown.week[4], &shown.week[5][..], shown.week[6].len()),
        (&shown.week[0], &all([(600, 840)])[..], 0)
    );
}

#[test]
fn days_of_the_grid_are_changed_and_copied() {
    let mut lead = Lead::new(Section::Fields);
    let send = |lead: &mut Lead, msg| lead.send(Desk::Fields(msg)).len();
    send(&mut lead, super::Msg::Day(1, all([(540, 750), (810, 1080)])));
    assert_eq!(shown(&lead).hours, "1 09:00-12:30 13:30-18:00");
    send(&mut lead, super::Msg::CopyDay(1));
    assert_eq!(shown(&lead).hours, "1-5 09:00-12:30 13:30-18:00");
    for wrong in [all([(600, 540)]), all([(540, 700), (690, 800)]), all([(540, 1500)])] {
        assert_eq!(send(&mut lead, super::Msg::Day(2, wrong)), 0, "nothing is changed");
    }
    assert_eq!(shown(&lead).hours, "1-5 09:00-12:30 13:30-18:00");
    for day in 1..=5 {
        send(&mut lead, super::Msg::Day(day, vec![]));
    }
    assert!(shown(&lead).always);
}

#[test]
fn a_promise_is_a_number_of_minutes_or_none() {
    let mut lead = Lead::new(Section::Fields);
    assert_eq!(shown(&lead).due, None);
    lead.write(Field::Promise, "soon");
    lead.send(Desk::Left);
    assert_eq!(
        (lead.ops(), shown(&lead).promise_trouble.map(|it| it.name)),
        (0, Some("fields_hours_no_number"))
    );
    lead.write(Field::Promise, "120");
    assert_eq!(shown(&lead).due.as_deref(), Some("day 0 18:40"), "it is 16:40 on a Thursday");
    lead.write(Field::Hours, "1-5 09:00-18:00");
    assert_eq!(shown(&lead).due.as_deref(), Some("day 1 09:40"));
    lead.send(Desk::Left);
    assert_eq!(lead.desk.ctx.optimistic.value(&Key::Setting(hours::PROMISE)), Value::Number(120));
    lead.write(Field::Promise, "");
    lead.write(Field::Hours, "");
    lead.send(Desk::Left);
    assert_eq!((lead.ops(), shown(&lead).due), (1, None));
    assert_eq!(lead.desk.ctx.optimistic.value(&Key::Setting(hours::HOURS)), Value::Nothing);
}
