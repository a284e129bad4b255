//! Earlier versions of a reply, as one browser saw them. If a reply changes twice between two syncs, only the last text
//! is recorded.

use crate::id::MemberId;
use crate::replica::Minutes;

/// How many versions of a reply are kept.
const KEPT: usize = 20;
/// Changes by one member within this many minutes become one version.
const ONE_SITTING: Minutes = 10;

/// A version of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When it was written, in minutes since the Unix epoch.
    pub at: Minutes,
    /// The member who wrote it, if known.
    pub who: Option<MemberId>,
    /// The title.
    pub title: String,
    /// The shortcut.
    pub shortcut: String,
    /// The text.
    pub body: String,
}

impl Version {
    fn says_the_same(&self, other: &Version) -> bool {
        (&self.title, &self.shortcut, &self.body) == (&other.title, &other.shortcut, &other.body)
    }
}

/// Adds the present version of a reply. Returns whether the list changed and has to be stored.
pub fn add(versions: &mut Vec<Version>, now: Version) -> bool {
    match versions.last_mut() {
        Some(last) if last.says_the_same(&now) => return false,
        // Changes of one sitting are one version, with the time of the first change and the text of the last.
        Some(last) if last.who == now.who && now.at.saturating_sub(last.at) < ONE_SITTING => {
            *last = Version { at: last.at, ..now };
        }
        _ => versions.push(now),
    }
    let excess = versions.len().saturating_sub(KEPT);
    versions.drain(..excess);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(at: Minutes, who: u8, body: &str) -> Version {
        let who = Some(MemberId([who; 8]));
        Version { at, who, title: "Hours".into(), shortcut: "h".into(), body: body.into() }
    }

    #[test]
    fn a_sitting_is_one_version_and_the_same_text_none() {
        let mut versions = Vec::new();
        assert!(add(&mut versions, version(100, 1, "9 to 18")));
        assert!(!add(&mut versions, version(500, 2, "9 to 18")));
        assert!(add(&mut versions, version(500, 1, "9 to 1")));
        assert!(add(&mut versions, version(501, 1, "9 to 17")));
        assert!(add(&mut versions, version(502, 2, "9 to 16")));
        let bodies: Vec<&str> = versions.iter().map(|version| version.body.as_str()).collect();
        assert_eq!(bodies, ["9 to 18", "9 to 17", "9 to 16"]);
        assert_eq!(versions[1].at, 500);
    }

    #[test]
    fn of_many_versions_the_latest_are_kept() {
        let mut versions = Vec::new();
        for n in 0..100 {
            add(&mut versions, version(n * 60, 1, &n.to_string()));
        }
        assert_eq!(versions.len(), KEPT);
        assert_eq!(versions[0].body, "80");
    }
}
