//! How the bytes of a file are letters.

/// An encoding that browsers decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Unicode as nearly everything writes it.
    Utf8,
    /// Unicode as Excel saves "Unicode text".
    Utf16Le,
    /// The same with the bytes of each pair swapped.
    Utf16Be,
    /// What Excel saves as CSV on a Chinese Windows.
    Gbk,
    /// What Excel saves as CSV on a Windows of the West.
    Windows1252,
}

impl Encoding {
    /// Its name, as `TextDecoder` takes it.
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

/// The encoding of a file: by its byte order mark, then by the zero bytes that plain letters have in UTF-16, then by
/// whether it is UTF-8. Of the two that are left, letters with accents stand alone among others and Chinese ones have
/// two bytes each.
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
