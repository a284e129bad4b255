//! The best few of many.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Points, then what decides between equals, then the index: the lower one first.
type Rank = (u32, (u32, u32), Reverse<u32>);

/// Keeps the best, at most so many.
pub(super) struct Best {
    most: usize,
    /// The worst on top.
    kept: BinaryHeap<Reverse<Rank>>,
}

impl Best {
    /// Keeps at most `most`.
    pub(super) fn new(most: usize) -> Best {
        Best { most, kept: BinaryHeap::new() }
    }

    /// Adds one. `equal` says what decides between those of the same points, and is asked only where it matters.
    pub(super) fn add(&mut self, points: u32, equal: impl FnOnce() -> (u32, u32), index: usize) {
        let is_full = self.kept.len() >= self.most;
        match self.kept.peek() {
            Some(Reverse((worst, ..))) if is_full && *worst > points => return,
            None if is_full => return,
            _ => {}
        }
        let rank = Reverse((points, equal(), Reverse(index as u32)));
        if !is_full {
            self.kept.push(rank);
        } else if let Some(mut worst) = self.kept.peek_mut().filter(|worst| rank < **worst) {
            *worst = rank;
        }
    }

    /// The indices of those that were kept, the best first.
    pub(super) fn sorted(self) -> Vec<usize> {
        let sorted = self.kept.into_sorted_vec();
        sorted.into_iter().map(|Reverse((.., Reverse(index)))| index as usize).collect()
    }
}
