//! Tables as spreadsheets write them.

use super::super::encoding::{Encoding, encoding};
use super::super::tests::{CHINESE, TABLE, are_clean, read, reply, skipped};
use super::super::{Kind, Skipped, Why};

#[test]
fn a_table_with_names_is_read() {
    let imported = read(Kind::Csv, TABLE);
    let hi = reply(&imported, "hi");
    assert_eq!((hi.title.as_str(), hi.line), ("Greeting", 2));
    assert_eq!((hi.body.as_str(), hi.folder.as_str()), ("Hello {name}, this is {agent}.", "Start"));
    assert_eq!(hi.tags, ["greeting"]);
    assert_eq!(reply(&imported, "addr").body, "12 Mill Lane\nBristol BS1 4ND");
    assert_eq!(reply(&imported, "addr").tags, ["place", "shop"]);
    assert_eq!(reply(&imported, "order").tags, ["order"]);
    // The address has two lines.
    assert_eq!((reply(&imported, "addr").line, reply(&imported, "order").line), (4, 6));
    assert_eq!(reply(&imported, "quote").body, "She said \"yes\", twice");
    assert_eq!(reply(&imported, "sum").body, "=SUM(A1:A2) is a formula");
    assert_eq!(reply(&imported, "minus").body, "-5 degrees");
    assert_eq!(reply(&imported, "apo").body, "'tis the season");
    assert_eq!(reply(&imported, "notitle").title, "Please send us a picture of the parcel…");
    assert_eq!(reply(&imported, "two-words").body, "Words become one");
    assert_eq!(reply(&imported, "slash").body, "A slash before it");
    // A table's texts are Baton's.
    assert_eq!(reply(&imported, "json").body, "{ \"a\": 1 } stays {{ as it is");
    assert_eq!(reply(&imported, "last").body, "The last one");
    assert_eq!(skipped(&imported, "Empty"), [(&Why::EmptyText, false)]);
    assert_eq!(skipped(&imported, "Blank"), [(&Why::EmptyText, false)]);
    assert_eq!(skipped(&imported, "Greeting"), [(&Why::Duplicate, false)]);
    let ragged: Vec<&Skipped> = imported.skipped.iter().filter(|it| it.why == Why::Ragged).collect();
    assert_eq!(ragged.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Too", "Too few"]);
    assert_eq!(ragged[1].line, ragged[0].line + 1);
    assert_eq!(imported.rows.len() + imported.skipped.len(), 25);
}

#[test]
fn names_of_columns_are_known_in_four_languages() {
    let imported = read(Kind::Csv, CHINESE);
    let it = reply(&imported, "fh");
    assert_eq!((it.title.as_str(), it.folder.as_str()), ("发货", "物流"));
    assert_eq!(it.body, "您的订单{订单号}已发货，预计{date+3}送达。");
    assert_eq!(reply(&imported, "您好").tags, ["常用", "问候"]);
    assert_eq!(imported.rows.len(), 19);
    are_clean(&imported);
    for header in [
        "Name,Short code,Message",
        "CONTENT;Trigger;Template Name",
        "Nombre\tAtajo\tRespuesta",
        "nome,código,conteúdo",
        "名称,快捷键,话术",
        "id,reply_text,short_code,Label",
    ] {
        let places =
            super::Columns::of(&header.split([',', ';', '\t']).map(str::to_owned).collect::<Vec<_>>());
        assert!(places.is_header, "{header}");
        for role in [super::Role::Title, super::Role::Shortcut, super::Role::Body] {
            assert!(places.place(role).is_some(), "{header}: {role:?}");
        }
    }
}

#[test]
fn a_table_of_the_west_is_decoded_and_split() {
    let bytes = include_bytes!("../../../../tests/samples/replies-pt.csv");
    assert_eq!(encoding(bytes), Encoding::Windows1252);
    // All of its letters are where Unicode has them.
    let text: String = bytes.iter().map(|it| char::from(*it)).collect();
    let imported = read(Kind::Csv, &text);
    assert_eq!((imported.rows.len(), imported.skipped.len()), (20, 0));
    let it = reply(&imported, "horario");
    assert_eq!(it.body, "Atendemos de segunda a sexta, das 9h às 18h; sábado até 14h.");
    assert_eq!((it.folder.as_str(), it.line), ("Informações", 4));
    assert_eq!(reply(&imported, "promo").body, "-10% hoje!");
    are_clean(&imported);
}

#[test]
fn a_table_without_names_is_told_by_its_width() {
    let bytes = include_bytes!("../../../../tests/samples/no-header.tsv");
    assert_eq!(encoding(bytes), Encoding::Utf16Le);
    let units: Vec<u16> = bytes.chunks(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    let text = String::from_utf16(&units).expect("text");
    let imported = read(Kind::Csv, &text);
    assert_eq!(reply(&imported, "hours").body, "We are open 9 to 18, Monday to Friday.");
    assert_eq!(reply(&imported, "hours").line, 2);
    assert!(imported.rows.len() >= 15);

    let one = read(Kind::Csv, "Hello there\nBye\n");
    assert_eq!(one.rows.iter().map(|it| it.body.as_str()).collect::<Vec<_>>(), ["Hello there", "Bye"]);
    let three = read(Kind::Csv, "Greeting;hi;Hello, you\nBye;bye;Bye\n");
    assert_eq!(three.rows[0].title, "Greeting");
    assert_eq!(reply(&three, "hi").body, "Hello, you");
    let five = read(Kind::Csv, "G,hi,Hello,Start,\"a,b\"\n");
    assert_eq!((five.rows[0].folder.as_str(), five.rows[0].tags.len()), ("Start", 2));
}

#[test]
fn odd_tables_are_read_to_the_end() {
    for text in ["", "\n\n", "text", "text\n", "\"", "a,\"b", "\"a\"b,c\n", ",,,\n,,,\n", "\r\r\n", "sep=,"] {
        let imported = read(Kind::Csv, text);
        assert!(imported.rows.len() + imported.skipped.len() <= 1, "{text}");
    }
    // A quote that is never closed takes the rest along.
    let imported = read(Kind::Csv, "a,b\nc,\"d\ne,f\n");
    assert_eq!(imported.rows.iter().map(|it| it.body.as_str()).collect::<Vec<_>>(), ["b", "d\ne,f\n"]);
    assert_eq!(read(Kind::Csv, &",".repeat(100_000)).rows.len(), 0);
}

#[test]
fn a_long_table_is_read() {
    let table: String = (0..20_000).map(|i| format!("t{i},s{i},\"Text {i}, with\nlines\"\n")).collect();
    let imported = read(Kind::Csv, &table);
    assert_eq!(imported.rows.len(), 20_000);
    assert_eq!(imported.rows[19_999].line, 39_999);
}
