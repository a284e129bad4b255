//! An adaptive binary range coder that both writes and reads.
//!
//! Writing and reading use the same calls in the same order: a call takes the value to write and returns the value that
//! was read. So a layout is described once, and the reader can't drift from the writer.
//! All arithmetic is on integers: every browser and every compiler produces the same bits.
//!
//! The coder knows nothing about the data. It is a crate of its own because its loops are the only hot code: this crate
//! is compiled for speed, all others for size.

pub mod letters;
pub mod text;

/// The most bytes a reader may take beyond the end of its input before the input counts as truncated.
const SLACK: usize = 8;

/// How many leading bits of a number are modelled, besides its length.
const LEARNT: u32 = 5;

/// An adaptive probability: how likely the next bit is 1, in 65,536ths, and how many bits it has seen. The count stops
/// at 255, because a higher one would not change the learning rate.
///
/// Both are packed into one number, the probability in the upper half, so that one memory access reads or writes them.
#[derive(Clone, Copy, Debug)]
struct Chance(u32);

impl Chance {
    /// The initial state: both bits are equally likely, and no bit was seen.
    const EVEN: Chance = Chance(1 << 31);

    /// The probability of a 1, in 65,536ths.
    fn of_one(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// How many bits it has seen, at most 255.
    fn asked(self) -> u8 {
        self.0 as u8
    }

    /// Moves towards a bit. The learning rate falls with the bits seen and stays constant after `settled` of them.
    fn learn(&mut self, bit: bool, settled: u8) {
        let (of_one, asked) = (i32::from(self.of_one()), self.asked());
        let target = if bit { 65_535 } else { 0 };
        let learnt = of_one + (((target - of_one) * STEPS[usize::from(asked)]) >> 15);
        self.0 = ((learnt as u32) << 16) | (u32::from(asked) + u32::from(asked < settled));
    }
}

/// The learning rate after n bits, in 32,768ths: 1 / (n + 1.5), as if half a 0 and half a 1 had been seen before.
const STEPS: [i32; 256] = {
    let mut steps = [0; 256];
    let mut asked = 0;
    while asked < 256 {
        steps[asked] = 2 * 32_768 / (2 * asked as i32 + 3);
        asked += 1;
    }
    steps
};

/// Untrained probabilities. `repeat` copies whole blocks, where `vec!` would write the elements one by one.
fn even(count: usize) -> Vec<Chance> {
    [Chance::EVEN].repeat(count)
}

/// The size of the hash table of contexts.
const CONTEXTS: usize = 1 << 16;

/// The reader ran past the end of its input: the input is truncated or corrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// Writes or reads bits, each with a probability that both sides compute alike.
#[derive(Debug)]
pub struct Coder<'a> {
    low: u32,
    high: u32,
    direction: Direction<'a>,
    contexts: Vec<Chance>,
}

#[derive(Debug)]
enum Direction<'a> {
    Write(Vec<u8>),
    Read { input: &'a [u8], at: usize, window: u32 },
}

impl<'a> Coder<'a> {
    /// A coder that appends to `before`.
    pub fn writer(before: Vec<u8>) -> Coder<'static> {
        Coder { low: 0, high: u32::MAX, direction: Direction::Write(before), contexts: even(CONTEXTS) }
    }

    /// A coder that reads.
    pub fn reader(input: &'a [u8]) -> Coder<'a> {
        let window =
            (0..4).fold(0, |window, at| window << 8 | u32::from(input.get(at).copied().unwrap_or(0)));
        let direction = Direction::Read { input, at: 4, window };
        Coder { low: 0, high: u32::MAX, direction, contexts: even(CONTEXTS) }
    }

    /// Returns the written bytes; nothing for a reader.
    pub fn finish(self) -> Vec<u8> {
        match self.direction {
            Direction::Read { .. } => Vec::new(),
            Direction::Write(mut out) => {
                // One byte is enough: followed by the zeroes that a reader supplies, it lies between `low` and `high`.
                out.push((self.low >> 24) as u8 + 1);
                out
            }
        }
    }

    /// Fails if the reader ran past the end of its input. Reads themselves never fail: past the end they return zeroes.
    /// So the caller has to check before it trusts a value, and in every loop whose length was read.
    pub fn check(&self) -> Result<(), Exhausted> {
        match &self.direction {
            Direction::Read { input, at, .. } if *at > input.len() + SLACK => Err(Exhausted),
            _ => Ok(()),
        }
    }

    /// Whether this coder reads.
    pub fn reads(&self) -> bool {
        matches!(self.direction, Direction::Read { .. })
    }

    /// Codes one bit with a given probability of a 1, in 65,536ths.
    #[inline]
    pub fn bit_of(&mut self, bit: bool, of_one: u16) -> bool {
        // A probability of 0 or 1 would leave no range to code the other bit in.
        let of_one = u32::from(of_one).clamp(32, 65_535 - 32);
        let range = self.high - self.low;
        let middle = self.low + (range >> 16) * of_one + (((range & 0xffff) * of_one) >> 16);
        let bit = match &self.direction {
            Direction::Write(_) => bit,
            Direction::Read { window, .. } => *window <= middle,
        };
        // Branchless: the bit is unpredictable, and a mispredicted branch costs more than both assignments.
        (self.low, self.high) = if bit { (self.low, middle) } else { (middle + 1, self.high) };
        while (self.low ^ self.high) >> 24 == 0 {
            match &mut self.direction {
                Direction::Write(out) => out.push((self.low >> 24) as u8),
                Direction::Read { input, at, window } => {
                    *window = *window << 8 | u32::from(input.get(*at).copied().unwrap_or(0));
                    *at += 1;
                }
            }
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
        bit
    }

    /// Codes one bit with the probability learnt in a context, and updates that.
    pub fn bit(&mut self, context: u32, bit: bool) -> bool {
        let slot = context.wrapping_mul(0x9e37_79b1) as usize >> 16 & (CONTEXTS - 1);
        let of_one = self.contexts[slot].of_one();
        let bit = self.bit_of(bit, of_one);
        self.contexts[slot].learn(bit, 120);
        bit
    }

    /// Codes a number below 2^`bits`. All its bits are modelled. `bits` is at most 8, and `context` is below 2^21.
    pub fn symbol(&mut self, context: u32, bits: u32, value: u32) -> u32 {
        let mut path = 1;
        for at in (0..bits).rev() {
            let bit = self.bit(context << 11 | path, value >> at & 1 == 1);
            path = path << 1 | u32::from(bit);
        }
        path - (1 << bits)
    }

    /// Codes a number of any size. Its length and its leading bits are modelled, the other bits are coded evenly.
    pub fn number(&mut self, context: u32, value: u32) -> u32 {
        // Plus one, so that 0 has the length 0; in 64 bits, so that `u32::MAX` fits.
        let value = u64::from(value) + 1;
        let length = self.symbol(context, 6, value.ilog2()).min(32);
        let mut read = 1_u64;
        for at in (0..length).rev() {
            let bit = value >> at & 1 == 1;
            let bit = if length - at <= LEARNT {
                self.bit(context << 11 | (64 + length * 32 + read as u32), bit)
            } else {
                self.bit_of(bit, 1 << 15)
            };
            read = read << 1 | u64::from(bit);
        }
        u32::try_from(read - 1).unwrap_or(u32::MAX)
    }

    /// Codes bytes evenly, without a model.
    pub fn raw<const N: usize>(&mut self, bytes: [u8; N]) -> [u8; N] {
        bytes.map(|byte| {
            let read = (0..8)
                .rev()
                .fold(0, |read: u32, at| read << 1 | u32::from(self.bit_of(byte >> at & 1 == 1, 1 << 15)));
            read as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            values in prop::collection::vec((0..4u32, prop_oneof![0..40u32, any::<u32>()], any::<u8>(), any::<bool>()), 0..300),
        ) {
            let mut writer = Coder::writer(vec![]);
            for (context, number, byte, bit) in &values {
                writer.number(*context, *number);
                writer.symbol(10 + context, 8, u32::from(*byte));
                writer.bit(20 + context, *bit);
                writer.raw([*byte, 7]);
            }
            let bytes = writer.finish();
            let mut reader = Coder::reader(&bytes);
            for (context, number, byte, bit) in &values {
                prop_assert_eq!(reader.number(*context, 0), *number);
                prop_assert_eq!(reader.symbol(10 + context, 8, 0), u32::from(*byte));
                prop_assert_eq!(reader.bit(20 + context, false), *bit);
                prop_assert_eq!(reader.raw([0, 0]), [*byte, 7]);
            }
            prop_assert_eq!(reader.check(), Ok(()));
        }
    }

    #[test]
    fn reading_on_past_the_end_is_noticed() {
        let mut reader = Coder::reader(&[]);
        for _ in 0..1_000 {
            reader.number(1, 0);
        }
        assert_eq!(reader.check(), Err(Exhausted));
    }

    #[test]
    fn what_is_always_so_costs_next_to_nothing() {
        let mut writer = Coder::writer(vec![]);
        for _ in 0..10_000 {
            writer.bit(1, true);
        }
        assert!(writer.finish().len() < 25);
    }
}
