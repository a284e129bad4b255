//! An adaptive binary range coder that runs both ways.
//!
//! What is written and what is read go through the same calls in the same order: a call takes the value to be written
//! and returns the value that was read. So a layout is described once, and reading can't drift from writing.
//! All arithmetic is on integers: every browser and every compiler comes to the same bits.
//!
//! Nothing here knows what is coded. It is a crate of its own because it is the one place where time is spent in loops:
//! it is compiled for speed, all else for size.

pub mod letters;
pub mod text;

/// The most bits a reader may take beyond the end of its input before the input counts as cut short.
const SLACK: usize = 8;

/// How many of a number's leading bits are learnt, besides its length.
const LEARNT: u32 = 5;

/// A chance that learns: how likely the next bit is set, in 65,536ths, and how often it was asked, at most 255 times: more
/// makes no difference to how fast it learns.
///
/// Both are one number, the chance in the upper half, so that one access to memory reads or writes them.
#[derive(Clone, Copy, Debug)]
struct Chance(u32);

impl Chance {
    /// Nothing is known.
    const EVEN: Chance = Chance(1 << 31);

    /// In 65,536ths.
    fn of_one(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// How often it was asked.
    fn asked(self) -> u8 {
        self.0 as u8
    }

    /// Learns a bit: quickly at first, and never slower than one part in `settled`.
    fn learn(&mut self, bit: bool, settled: u8) {
        let (of_one, asked) = (i32::from(self.of_one()), self.asked());
        let target = if bit { 65_535 } else { 0 };
        let learnt = of_one + (((target - of_one) * STEPS[usize::from(asked)]) >> 15);
        self.0 = ((learnt as u32) << 16) | (u32::from(asked) + u32::from(asked < settled));
    }
}

/// How much of the gap is closed after so many bits, in 32,768ths: 1 / (n + 1.5), as if half a bit of each had been seen
/// before.
const STEPS: [i32; 256] = {
    let mut steps = [0; 256];
    let mut asked = 0;
    while asked < 256 {
        steps[asked] = 2 * 32_768 / (2 * asked as i32 + 3);
        asked += 1;
    }
    steps
};

/// Chances of which nothing is known. Repeating copies whole blocks; a `vec!` would write one after the other.
fn even(count: usize) -> Vec<Chance> {
    [Chance::EVEN].repeat(count)
}

/// How many contexts can be told apart, roughly.
const CONTEXTS: usize = 1 << 16;

/// The end of the input was passed: it was cut short or altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// Writes or reads bits, each with a chance that both sides know.
#[derive(Debug)]
pub struct Coder<'a> {
    low: u32,
    high: u32,
    way: Way<'a>,
    contexts: Vec<Chance>,
}

#[derive(Debug)]
enum Way<'a> {
    Write(Vec<u8>),
    Read { input: &'a [u8], at: usize, window: u32 },
}

impl<'a> Coder<'a> {
    /// A coder that writes behind what `before` holds.
    pub fn writer(before: Vec<u8>) -> Coder<'static> {
        Coder { low: 0, high: u32::MAX, way: Way::Write(before), contexts: even(CONTEXTS) }
    }

    /// A coder that reads.
    pub fn reader(input: &'a [u8]) -> Coder<'a> {
        let window =
            (0..4).fold(0, |window, at| window << 8 | u32::from(input.get(at).copied().unwrap_or(0)));
        let way = Way::Read { input, at: 4, window };
        Coder { low: 0, high: u32::MAX, way, contexts: even(CONTEXTS) }
    }

    /// What was written. Of a reader, nothing.
    pub fn finish(self) -> Vec<u8> {
        match self.way {
            Way::Read { .. } => Vec::new(),
            Way::Write(mut out) => {
                // One byte between `low` and `high` and its run of zeroes, which a reader supplies, say it all.
                out.push((self.low >> 24) as u8 + 1);
                out
            }
        }
    }

    /// Whether more was read than there is. A reader never fails in between: it goes on with zeroes, so the caller has
    /// to ask before it believes, and in every loop whose length it read.
    pub fn check(&self) -> Result<(), Exhausted> {
        match &self.way {
            Way::Read { input, at, .. } if *at > input.len() + SLACK => Err(Exhausted),
            _ => Ok(()),
        }
    }

    /// Whether this coder reads.
    pub fn reads(&self) -> bool {
        matches!(self.way, Way::Read { .. })
    }

    /// One bit, with its chance of being set in 65,536ths.
    #[inline]
    pub fn bit_of(&mut self, bit: bool, of_one: u16) -> bool {
        // No chance is none or all, or a bit could not be written.
        let of_one = u32::from(of_one).clamp(32, 65_535 - 32);
        let range = self.high - self.low;
        let middle = self.low + (range >> 16) * of_one + (((range & 0xffff) * of_one) >> 16);
        let bit = match &self.way {
            Way::Write(_) => bit,
            Way::Read { window, .. } => *window <= middle,
        };
        // What is read can't be foreseen, and a branch that can't be foreseen costs more than both assignments.
        (self.low, self.high) = if bit { (self.low, middle) } else { (middle + 1, self.high) };
        while (self.low ^ self.high) >> 24 == 0 {
            match &mut self.way {
                Way::Write(out) => out.push((self.low >> 24) as u8),
                Way::Read { input, at, window } => {
                    *window = *window << 8 | u32::from(input.get(*at).copied().unwrap_or(0));
                    *at += 1;
                }
            }
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
        bit
    }

    /// One bit in a context, which learns it.
    pub fn bit(&mut self, context: u32, bit: bool) -> bool {
        let slot = context.wrapping_mul(0x9e37_79b1) as usize >> 16 & (CONTEXTS - 1);
        let of_one = self.contexts[slot].of_one();
        let bit = self.bit_of(bit, of_one);
        self.contexts[slot].learn(bit, 120);
        bit
    }

    /// A number below 2 to the power of `bits`, which are at most 8: all of them are learnt. Contexts are below 2^21.
    pub fn symbol(&mut self, context: u32, bits: u32, value: u32) -> u32 {
        let mut path = 1;
        for at in (0..bits).rev() {
            let bit = self.bit(context << 11 | path, value >> at & 1 == 1);
            path = path << 1 | u32::from(bit);
        }
        path - (1 << bits)
    }

    /// A number: its length and its leading bits are learnt, the rest is taken as it comes.
    pub fn number(&mut self, context: u32, value: u32) -> u32 {
        // One more, so that the length of nought is nought; as 64 bits, so that the greatest has a place too.
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

    /// Bytes as they come.
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
