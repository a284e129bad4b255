//! Packets: everything that a device knows as one text, to be carried by hand as a file, over the clipboard, or as
//! pictures.
//!
//! The first line says what it is, the format and the team; each other line is an item, its name before a space. What
//! stands behind the team on the first line is a later version's, such as a signature, and left alone.

use crate::id::TeamId;
use crate::replica::shard::Items;
use crate::wire::Malformed;

/// The format written, and the latest that is read.
const FORMAT: u32 = 1;
const NAME: &str = "baton-packet";
/// The most bytes of a packet: several times of what fits into browser sync.
const MOST: usize = 1 << 20;

/// A packet could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPacket {
    /// It is none, or damaged, or absurdly large.
    Malformed,
    /// A later Baton wrote it.
    Newer,
    /// It is another team's.
    OtherTeam,
}

impl From<Malformed> for NoPacket {
    fn from(malformed: Malformed) -> NoPacket {
        match malformed {
            Malformed::Corrupt => NoPacket::Malformed,
            Malformed::Newer => NoPacket::Newer,
        }
    }
}

/// Whether a text is a packet, or claims to be one.
pub fn is_packet(text: &str) -> bool {
    text.trim_start().starts_with(NAME)
}

/// The packet of a team's items.
pub fn encode_packet(team: TeamId, items: &Items) -> String {
    let mut text = format!("{NAME} {FORMAT} {team}\n");
    for (name, item) in items {
        text.extend([name, " ", item, "\n"]);
    }
    text
}

/// The items of a packet of this team.
pub fn decode_packet(team: TeamId, text: &str) -> Result<Items, NoPacket> {
    if text.len() > MOST {
        return Err(NoPacket::Malformed);
    }
    let mut lines = text.trim_start().lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    if words.next() != Some(NAME) {
        return Err(NoPacket::Malformed);
    }
    match words.next().and_then(|format| format.parse::<u32>().ok()) {
        Some(FORMAT) => {}
        Some(format) if format > FORMAT => return Err(NoPacket::Newer),
        _ => return Err(NoPacket::Malformed),
    }
    let of: TeamId = words.next().and_then(|of| of.trim().parse().ok()).ok_or(NoPacket::Malformed)?;
    if of != team {
        return Err(NoPacket::OtherTeam);
    }
    let item = |line: &str| line.split_once(' ').map(|(name, item)| (name.to_owned(), item.to_owned()));
    lines.filter(|line| !line.is_empty()).map(|line| item(line).ok_or(NoPacket::Malformed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: TeamId = TeamId([7; 8]);

    #[test]
    fn a_packet_reads_back() {
        let items: Items =
            [("b2.x.0".to_owned(), "2 1 1 00".to_owned()), ("b2.x.1".to_owned(), " ~ a  b ".to_owned())]
                .into_iter()
                .collect();
        assert_eq!(decode_packet(TEAM, &encode_packet(TEAM, &items)), Ok(items));
    }

    #[test]
    fn others_are_refused_with_the_reason() {
        for (text, why) in [
            ("", NoPacket::Malformed),
            ("baton-packet", NoPacket::Malformed),
            ("baton-packet 1 nonsense", NoPacket::Malformed),
            ("baton-packet 2 anything", NoPacket::Newer),
            ("baton-packet 1 0101010101010101\n", NoPacket::OtherTeam),
            ("baton-packet 1 0707070707070707\nnospace\n", NoPacket::Malformed),
        ] {
            assert_eq!(decode_packet(TEAM, text), Err(why), "{text}");
        }
        assert_eq!(decode_packet(TEAM, "baton-packet 1 0707070707070707 sig:abc\n"), Ok(Items::new()));
    }
}
