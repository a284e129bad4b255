//! A bounded heap: the best few of many.

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

    /// Adds a candidate. `equal` returns its tie-breaker, and is called only where the points don't decide.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Points and boosts as chance could have them (multiples of a prime), kept and, beside that, sorted.
    #[test]
    fn the_best_are_those_that_sorting_puts_first() {
        let all: Vec<(u32, u32)> = (1..500_u32).map(|n| (n * 7_919 % 13, n * 104_729 % 5)).collect();
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sorted.sort_by_key(|n| (Reverse(all[*n]), *n));
        for most in [0, 1, 20, 499, 600] {
            let mut best = Best::new(most);
            for (index, (points, boost)) in all.iter().enumerate() {
                best.add(*points, || (*boost, 0), index);
            }
            assert_eq!(best.sorted(), sorted[..most.min(sorted.len())], "{most}");
        }
    }
}
