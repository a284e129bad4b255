//! Text compression by context mixing: several models predict the next bit, each from a different context, and their
//! predictions are weighted by how well they did so far.
//!
//! The method is that of the PAQ family (Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression",
//! 2005), in integers and small: a team's replies and notes are about twenty kilobytes.

use std::cell::Cell;
use std::sync::OnceLock;

use crate::{Chance, Coder, Exhausted, even};

/// The training text: a small shard has too little text to learn from. It is part of the format, so it never changes.
const PRIMER: &str = include_str!("primer.txt");
/// The byte that ends a text. UTF-8 never contains it.
const END: u8 = 0xff;
/// How many models predict. Their contexts are the last zero to four bytes, and the current word.
const GUESSES: usize = 6;
/// The size of each model's hash table, as a power of two: every short context gets its own slot, and the longer ones
/// seldom collide.
const SLOTS: [u32; GUESSES] = [10, 15, 16, 17, 17, 16];
/// Where each model's table begins in [`Model::chances`].
const BEGIN: [usize; GUESSES + 1] = {
    let mut begin = [0; GUESSES + 1];
    let mut guess = 0;
    while guess < GUESSES {
        begin[guess + 1] = begin[guess] + (1 << SLOTS[guess]);
        guess += 1;
    }
    begin
};
/// After how many bits a probability learns at its slowest rate.
const SETTLED: u8 = 255;

/// The state learnt from the texts so far.
#[derive(Debug)]
pub struct Model {
    chances: Vec<Chance>,
    weights: Vec<[i32; GUESSES]>,
    stretch: Vec<i16>,
    /// The last eight bytes, the latest lowest.
    history: u64,
    word: u32,
}

/// Lends a model that was trained on [`PRIMER`], phrases that are common in customer service. The training saves a tenth
/// of a large shard and most of a small one.
///
/// The training runs once. The model's memory is cached for the next call, so that reading many shards takes the memory
/// of one.
pub fn primed<T>(work: impl FnOnce(&mut Model) -> T) -> T {
    static PRIMER: OnceLock<Learnt> = OnceLock::new();
    thread_local! {
        static KEPT: Cell<Option<Model>> = const { Cell::new(None) };
    }
    let learnt = PRIMER.get_or_init(Learnt::of_primer);
    let mut model = KEPT.take().unwrap_or_else(Model::untrained);
    model.reset_to(learnt);
    let done = work(&mut model);
    KEPT.set(Some(model));
    done
}

/// A snapshot of a trained model. It is sparse: most probabilities never saw a bit.
struct Learnt {
    chances: Vec<(usize, Chance)>,
    weights: Vec<[i32; GUESSES]>,
}

impl Learnt {
    fn of_primer() -> Learnt {
        let mut model = Model::untrained();
        for text in PRIMER.lines() {
            model.start(0);
            for byte in text.bytes().chain([END]) {
                model.byte(byte, |_, bit| bit);
            }
        }
        let chances = model.chances.into_iter().enumerate();
        Learnt { chances: chances.filter(|(_, it)| it.asked() > 0).collect(), weights: model.weights }
    }
}

impl Model {
    fn untrained() -> Model {
        Model {
            chances: even(BEGIN[GUESSES]),
            weights: vec![[(1 << 16) * 3 / 10; GUESSES]; 256],
            stretch: stretch_table(),
            history: 0,
            word: 0,
        }
    }

    fn reset_to(&mut self, learnt: &Learnt) {
        self.chances.fill(Chance::EVEN);
        for (slot, chance) in &learnt.chances {
            self.chances[*slot] = *chance;
        }
        self.weights.clone_from(&learnt.weights);
    }

    /// Writes or reads a text of at most `most` bytes. `kind` is the context at its start, as texts of one kind begin
    /// alike. Fails if the input is truncated, too long or not UTF-8.
    #[inline(never)] // Inlined, it would be compiled for size like its callers.
    pub fn text(
        &mut self,
        coder: &mut Coder<'_>,
        kind: u8,
        text: &str,
        most: usize,
    ) -> Result<String, NoText> {
        self.start(kind);
        let mut read = Vec::new();
        let mut bytes = text.bytes().chain([END]);
        loop {
            let byte = self.byte(bytes.next().unwrap_or(END), |of_one, bit| coder.bit_of(bit, of_one));
            coder.check().map_err(|Exhausted| NoText)?;
            if byte == END {
                return String::from_utf8(read).map_err(|_| NoText);
            }
            // A few bytes of input can expand to a text that fills the memory.
            if read.len() == most {
                return Err(NoText);
            }
            read.push(byte);
        }
    }

    fn start(&mut self, kind: u8) {
        (self.history, self.word) = (u64::from(kind) << 8 | u64::from(END), 0);
    }

    /// Codes one byte. `code` writes or reads each bit, given the probability of a 1 in 65,536ths.
    fn byte(&mut self, byte: u8, mut code: impl FnMut(u16, bool) -> bool) -> u8 {
        let bases = self.contexts();
        // As arrays of constant length, so that the loop needs no bounds checks. The lengths are those that `untrained`
        // allocates, so the `else` is never taken.
        let (Some(chances), Some(weights), Some(stretch)) = (
            self.chances.first_chunk_mut::<{ BEGIN[GUESSES] }>(),
            self.weights.first_chunk_mut::<256>(),
            self.stretch.first_chunk::<4_096>(),
        ) else {
            return END;
        };
        let mut path = 1_u32;
        for at in (0..8).rev() {
            let slots: [usize; GUESSES] = core::array::from_fn(|guess| {
                let hash = bases[guess].wrapping_add(path).wrapping_mul(0x9e37_79b1);
                BEGIN[guess] + (hash as usize >> (32 - SLOTS[guess]))
            });
            let inputs: [i32; GUESSES] = core::array::from_fn(|guess| {
                let chance = chances[slots[guess]];
                // An untrained probability does not vote. A mask, not a branch, because that is unpredictable.
                let has_opinion = -i32::from(chance.asked() != 0);
                i32::from(stretch[usize::from(chance.of_one() >> 4)]) & has_opinion
            });
            let weights = &mut weights[path as usize & 0xff];
            let sum: i64 = inputs
                .iter()
                .zip(weights.iter())
                .map(|(input, weight)| i64::from(*input) * i64::from(*weight))
                .sum();
            let of_one = squash((sum >> 16) as i32);
            let bit = code((of_one << 4) as u16, byte >> at & 1 == 1);
            let error = (i32::from(bit) << 12) - of_one;
            for (weight, input) in weights.iter_mut().zip(inputs) {
                *weight += (input * error * LEARNING + (1 << 13)) >> 14;
            }
            for slot in slots {
                chances[slot].learn(bit, SETTLED);
            }
            path = path << 1 | u32::from(bit);
        }
        let byte = path as u8;
        self.history = self.history << 8 | u64::from(byte);
        if byte.is_ascii_alphabetic() || byte >= 0x80 {
            self.word =
                self.word.wrapping_add(u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x2f0b_4c47);
        } else {
            self.word = 0;
        }
        byte
    }

    /// The seed of each model's hash, computed from its context.
    fn contexts(&self) -> [u32; GUESSES] {
        let last = |bytes: u32| {
            let masked = self.history & ((1_u64 << (8 * bytes)) - 1);
            (masked ^ masked >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_shr(32) as u32 ^ bytes << 9
        };
        [0, last(1), last(2), last(3), last(4), self.word.wrapping_mul(0x85eb_ca6b)]
            .map(|hash| hash.wrapping_mul(0x27d4_eb2f) << 9)
    }
}

/// The learning rate of the weights.
const LEARNING: i32 = 10;

/// The logistic function: from log odds in 256ths to a probability in 4,096ths.
fn squash(stretched: i32) -> i32 {
    /// The function at -2,048, -1,920 … 2,048.
    const AT: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607,
        3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let stretched = stretched.clamp(-2_047, 2_047);
    let (place, rest) = (((stretched >> 7) + 16) as usize, stretched & 127);
    (AT[place] * (128 - rest) + AT[place + 1] * rest + 64) >> 7
}

/// The inverse of [`squash`], tabulated for every 4,096th.
fn stretch_table() -> Vec<i16> {
    let mut table = Vec::with_capacity(4_096);
    for stretched in -2_047..=2_047 {
        let reached = squash(stretched) as usize;
        while table.len() <= reached {
            table.push(stretched as i16);
        }
    }
    table.resize(4_096, 2_047);
    table
}

/// The input is not an encoded text, or is truncated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoText;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn write<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
        let mut coder = Coder::writer(vec![]);
        primed(|model| {
            for text in texts {
                model.text(&mut coder, 1, text, usize::MAX).expect("writing can't fail");
            }
        });
        coder.finish()
    }

    fn size(texts: &[&str]) -> usize {
        write(texts.iter().copied()).len()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]

        #[test]
        fn texts_read_back(texts in prop::collection::vec(any::<String>(), 0..8)) {
            let bytes = write(texts.iter().map(String::as_str));
            let mut coder = Coder::reader(&bytes);
            let read: Vec<String> = primed(|model| {
                texts.iter().map(|_| model.text(&mut coder, 1, "", usize::MAX).expect("our own")).collect()
            });
            prop_assert_eq!(read, texts);
        }

        #[test]
        fn noise_ends(noise in any::<Vec<u8>>()) {
            let mut coder = Coder::reader(&noise);
            primed(|model| while model.text(&mut coder, 1, "", usize::MAX).is_ok() {});
        }
    }

    #[test]
    fn what_was_said_before_costs_little() {
        let text = "Your parcel left our warehouse this morning and should reach you tomorrow.";
        assert!(size(&[text, text]) < size(&[text]) + 15);
    }
}
