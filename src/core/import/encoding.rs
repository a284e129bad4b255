//! Detection of the encoding of a text file.

/// An encoding that browsers can decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, which most tools write.
    Utf8,
    /// UTF-16, little endian: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Excel's CSV on a Chinese Windows.
    Gbk,
    /// Excel's CSV on a Western Windows.
    Windows1252,
}

impl Encoding {
    /// The label that `TextDecoder` accepts.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gbk => "gbk",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

/// Detects the encoding of a file: by its byte order mark, then by the zero bytes that ASCII has in UTF-16, then by
/// validity as UTF-8. Single non-ASCII bytes mean Windows-1252, where accented letters stand among ASCII. Longer runs mean
/// GBK, where a Chinese character has two bytes.
pub fn encoding(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let start = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => {}
        (even, odd) if even > odd => return Encoding::Utf16Be,
        _ => return Encoding::Utf16Le,
    }
    if core::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    let runs = bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii());
    let (mut alone, mut others) = (0, 0);
    for run in runs.filter(|run| run.first().is_some_and(|it| !it.is_ascii())) {
        if run.len() == 1 { alone += 1 } else { others += 1 }
    }
    if alone > others { Encoding::Windows1252 } else { Encoding::Gbk }
}

#[cfg(test)]
mod tests;
