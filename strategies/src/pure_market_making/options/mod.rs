//! What a market maker may be told beyond the original's configuration. Everything is off unless
//! it is given.

mod override_orders;
mod read;
mod timing;

use chrono::TimeDelta;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};

pub(super) use self::override_orders::OverrideOrder;
use self::read::{hundredth, milliseconds, read_amount, read_fraction, refuse_negative};
pub(super) use self::timing::Timing;
use crate::config_checks::config_field;
use crate::config_reader::ConfigReader;

const DEFAULT_BAND_SECONDS: i64 = 86_400;

/// What changes a proposal, stage by stage.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) rounding: Rounding,
    pub(super) moving_band: Option<MovingBand>,
    pub(super) ping_pong: bool,
    pub(super) optimisation: Option<Optimisation>,
    pub(super) add_transaction_costs: bool,
    /// What the venue takes of a maker's trade, as a fraction of its value.
    pub(super) maker_fee: Decimal,
    pub(super) inventory_skew: Option<InventorySkew>,
    pub(super) budget: Option<Budget>,
    pub(super) override_orders: Vec<OverrideOrder>,
    /// `None`: the venue decides what becomes of a quote that crosses the book.
    pub(super) take_if_crossed: Option<bool>,
    /// Set when quotes are renewed together, by timers.
    pub(super) timing: Option<Timing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// A buy never pays more than computed, a sell never takes less; once, at the end.
    OwnFavour,
    /// Every price is rounded down to the tick, the market's best too, as other engines do.
    Down,
    /// The same, but prices that an option moves off the tick afterwards stay there: the venue has
    /// to round them itself.
    DownAtVenue,
}

#[derive(Debug)]
pub(super) struct MovingBand {
    /// What the reference price is multiplied by.
    pub(super) floor: Decimal,
    pub(super) ceiling: Decimal,
    pub(super) lasts: TimeDelta,
}

/// How much of the book, in base currency, may stay ahead of the nearest quote.
#[derive(Debug)]
pub(super) struct Optimisation {
    pub(super) bid_depth: Decimal,
    pub(super) ask_depth: Decimal,
}

#[derive(Debug)]
pub(super) struct InventorySkew {
    /// The share of the portfolio's value that is to be held in base currency.
    pub(super) target: Decimal,
    /// In total order sizes: within it around the target the quotes' sizes shift.
    pub(super) range: Decimal,
}

/// What the run may use of each currency, before what it has traded.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) base: Decimal,
    pub(super) quote: Decimal,
}

impl Options {
    pub(super) fn read(reader: &mut ConfigReader<'_>, refresh_ms: &Decimal) -> Self {
        let timing = Timing::read(reader, refresh_ms);
        Self {
            timing,
            rounding: Rounding::read(reader),
            moving_band: MovingBand::read(reader),
            ping_pong: reader.flag_or("pingPongEnabled", false),
            optimisation: Optimisation::read(reader),
            add_transaction_costs: reader.flag_or("addTransactionCosts", false),
            maker_fee: read_fraction(reader, "makerFeeRate"),
            inventory_skew: InventorySkew::read(reader),
            budget: Budget::read(reader),
            override_orders: override_orders::read(reader),
            take_if_crossed: reader.optional_flag("takeIfCrossed"),
        }
    }
}

impl Rounding {
    fn read(reader: &mut ConfigReader<'_>) -> Self {
        let choices = [
            ("own_favour", Self::OwnFavour),
            ("down", Self::Down),
            ("down_at_venue", Self::DownAtVenue),
        ];
        let chosen = reader.choice("priceRounding", &choices);
        chosen.unwrap_or(Self::OwnFavour)
    }

    pub(super) fn is_down(self) -> bool {
        self != Self::OwnFavour
    }
}

impl MovingBand {
    fn read(reader: &mut ConfigReader<'_>) -> Option<Self> {
        let enabled = reader.flag_or("movingPriceBandEnabled", false);
        let mut factor = |field: &str, default: i64| {
            let percent = reader.optional_number(field);
            let percent = percent.unwrap_or_else(|| Decimal::from(default));
            &Decimal::one() + &hundredth(&percent)
        };
        let (floor, ceiling) = (factor("priceFloorPct", -1), factor("priceCeilingPct", 1));
        if enabled && ceiling < floor {
            let field = "priceCeilingPct";
            let (subject, limit) = (config_field(field), Param::text("priceFloorPct"));
            reader.refuse(field, "minimum", Phrase::MustBeAtLeast { subject, limit });
        }
        let lasts = reader
            .optional_number("priceBandRefreshTime")
            .map_or(TimeDelta::seconds(DEFAULT_BAND_SECONDS), |ms| {
                milliseconds(&ms)
            });
        enabled.then_some(Self {
            floor,
            ceiling,
            lasts,
        })
    }
}

impl Optimisation {
    fn read(reader: &mut ConfigReader<'_>) -> Option<Self> {
        let enabled = reader.flag_or("orderOptimizationEnabled", false);
        let bid_depth = read_amount(reader, "bidOrderOptimizationDepth");
        let ask_depth = read_amount(reader, "askOrderOptimizationDepth");
        enabled.then_some(Self {
            bid_depth,
            ask_depth,
        })
    }
}

impl InventorySkew {
    fn read(reader: &mut ConfigReader<'_>) -> Option<Self> {
        let enabled = reader.flag_or("inventorySkewEnabled", false);
        let target = reader.optional_number("inventoryTargetBasePct");
        let target = hundredth(&target.unwrap_or_else(|| Decimal::from(50)));
        if target.is_negative() || target > Decimal::one() {
            let field = "inventoryTargetBasePct";
            let phrase = Phrase::MustBeBetween {
                subject: config_field(field),
                least: Param::text(0),
                most: Param::text(100),
            };
            reader.refuse(field, "maximum", phrase);
        }
        let range = reader.optional_number("inventoryRangeMultiplier");
        let range = range.unwrap_or_else(Decimal::one);
        if range.is_negative() {
            refuse_negative(reader, "inventoryRangeMultiplier");
        }
        if enabled {
            for field in ["baseBudget", "quoteBudget"] {
                reader.required_number(field);
            }
        }
        enabled.then_some(Self { target, range })
    }
}

impl Budget {
    fn read(reader: &mut ConfigReader<'_>) -> Option<Self> {
        let base = reader.optional_number("baseBudget");
        let quote = reader.optional_number("quoteBudget");
        for (field, amount) in [("baseBudget", &base), ("quoteBudget", &quote)] {
            if amount.as_ref().is_some_and(Decimal::is_negative) {
                refuse_negative(reader, field);
            }
        }
        (base.is_some() || quote.is_some()).then(|| Self {
            base: base.unwrap_or_else(Decimal::zero),
            quote: quote.unwrap_or_else(Decimal::zero),
        })
    }
}
