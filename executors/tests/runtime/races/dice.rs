//! Chance that comes out the same for the same seed, on every machine and with every release of every
//! dependency: a seed that failed once must fail again. The numbers are those of `SplitMix64`.

#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least `from`, and below `to`.
    pub(super) fn between(&mut self, from: u32, to: u32) -> u32 {
        let span = u64::from(to - from);
        from + u32::try_from(self.roll() % span).unwrap()
    }

    pub(super) fn flip(&mut self) -> bool {
        self.between(0, 2) == 1
    }
}
