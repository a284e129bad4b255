//! Bytes as spreadsheets write them.

use super::*;

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn encodings_are_told_apart() {
    let text = "标题,内容\n问候,您好\n";
    assert_eq!(encoding(text.as_bytes()), Encoding::Utf8);
    assert_eq!(encoding(format!("\u{feff}{text}").as_bytes()), Encoding::Utf8);
    assert_eq!(encoding(b"plain"), Encoding::Utf8);
    assert_eq!(encoding(b""), Encoding::Utf8);
    for text in [text, "title,text\nhi,Hello\n", "Título;Olá\n"] {
        assert_eq!(encoding(&utf16(text, u16::to_le_bytes)), Encoding::Utf16Le);
        assert_eq!(encoding(&utf16(text, u16::to_be_bytes)), Encoding::Utf16Be);
        let marked = format!("\u{feff}{text}");
        assert_eq!(encoding(&utf16(&marked, u16::to_le_bytes)), Encoding::Utf16Le);
        assert_eq!(encoding(&utf16(&marked, u16::to_be_bytes)), Encoding::Utf16Be);
    }
    assert_eq!(encoding(include_bytes!("../../../../tests/samples/replies-gbk.csv")), Encoding::Gbk);
    assert_eq!(encoding(b"Ol\xe1, at\xe9 amanh\xe3"), Encoding::Windows1252);
    assert_eq!(encoding(b"\xc4\xe3\xba\xc3, Anna"), Encoding::Gbk);
    assert_eq!(Encoding::Gbk.label(), "gbk");
}
