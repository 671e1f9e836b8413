//! What a market maker may be told beyond the original's configuration. Everything is off unless
//! it is given.

use chrono::TimeDelta;
use domain::execution::Side;
use domain::money::Decimal;

use crate::config_reader::ConfigReader;

/// More would only fill the book with orders that never trade.
const MOST_OVERRIDES: usize = 100;
const DEFAULT_BAND_SECONDS: i64 = 86_400;
const LONGEST_SECONDS: i64 = 365 * 86_400;

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

#[derive(Debug)]
pub(super) struct OverrideOrder {
    pub(super) side: Side,
    pub(super) spread: Decimal,
    pub(super) amount: Decimal,
}

#[derive(Debug)]
pub(super) struct Timing {
    pub(super) refresh: TimeDelta,
    /// `None` renews at every refresh.
    pub(super) tolerance: Option<Decimal>,
    pub(super) filled_order_delay: TimeDelta,
    pub(super) minimum_spread: Option<Decimal>,
    pub(super) max_order_age: Option<TimeDelta>,
    /// Farthest distance from the reference price, as a fraction; `Some` lets the other half of a
    /// filled pair hang.
    pub(super) hanging_cancel: Option<Decimal>,
    /// Quotes are taken off first, and new ones placed a tick later.
    pub(super) cancel_first: bool,
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
            override_orders: read_overrides(reader),
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
            let message = "Config field priceCeilingPct must be >= priceFloorPct".to_owned();
            reader.refuse("priceCeilingPct", "minimum", message);
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
            let message = "Config field inventoryTargetBasePct must be from 0 to 100".to_owned();
            reader.refuse("inventoryTargetBasePct", "maximum", message);
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

impl Timing {
    fn read(reader: &mut ConfigReader<'_>, refresh_ms: &Decimal) -> Option<Self> {
        let delay = reader.optional_number("filledOrderDelay");
        if delay.as_ref().is_some_and(Decimal::is_negative) {
            refuse_negative(reader, "filledOrderDelay");
        }
        let minimum_spread = reader.optional_number("minimumSpread");
        let max_age = reader.positive_number("maxOrderAge");
        let hanging = reader.positive_number("hangingOrdersCancelPct");
        let order = [("overlap", false), ("cancel_first", true)];
        let cancel_first = reader.choice("orderReplacement", &order);
        let together = reader.flag_or("refreshTogether", false);
        let asked_for = together
            || cancel_first.is_some()
            || delay.is_some()
            || minimum_spread.is_some()
            || max_age.is_some()
            || hanging.is_some();
        let tolerance = reader.optional_number("orderRefreshTolerancePct");
        asked_for.then(|| Self {
            refresh: milliseconds(refresh_ms),
            tolerance: tolerance
                .filter(|percent| !percent.is_negative())
                .map(|percent| hundredth(&percent)),
            filled_order_delay: delay
                .map_or_else(|| milliseconds(refresh_ms), |delay| milliseconds(&delay)),
            minimum_spread,
            max_order_age: max_age.map(|age| milliseconds(&age)),
            hanging_cancel: hanging.map(|percent| hundredth(&percent)),
            cancel_first: cancel_first.unwrap_or(false),
        })
    }
}

fn read_overrides(reader: &mut ConfigReader<'_>) -> Vec<OverrideOrder> {
    let field = "orderOverride";
    let orders = reader.optional_objects(field);
    if orders.len() > MOST_OVERRIDES {
        let message = format!("Config field {field} must have at most {MOST_OVERRIDES} orders");
        reader.refuse(field, "maxItems", message);
    }
    let mut read = Vec::new();
    for (index, order) in orders.iter().take(MOST_OVERRIDES).enumerate() {
        let mut inner = ConfigReader::new(order);
        inner.required_text("side");
        let side = inner.choice("side", &[("buy", Side::Buy), ("sell", Side::Sell)]);
        let spread = inner.required_number("spread");
        let amount = inner.required_number("amount");
        if spread.is_negative() {
            refuse_negative(&mut inner, "spread");
        }
        let order = OverrideOrder {
            side: side.unwrap_or(Side::Buy),
            spread,
            amount,
        };
        match inner.finish(order) {
            Ok(order) => read.push(order),
            Err(violations) => reader.refuse_inside(&format!("{field}/{index}"), violations),
        }
    }
    read
}

fn read_amount(reader: &mut ConfigReader<'_>, field: &str) -> Decimal {
    let amount = reader.optional_number(field);
    let amount = amount.unwrap_or_else(Decimal::zero);
    if amount.is_negative() {
        refuse_negative(reader, field);
    }
    amount
}

/// At least zero, and below one.
fn read_fraction(reader: &mut ConfigReader<'_>, field: &str) -> Decimal {
    let fraction = read_amount(reader, field);
    if fraction >= Decimal::one() {
        let message = format!("Config field {field} must be < 1");
        reader.refuse(field, "exclusiveMaximum", message);
    }
    fraction
}

fn refuse_negative(reader: &mut ConfigReader<'_>, field: &str) {
    let message = format!("Config field {field} must be >= 0");
    reader.refuse(field, "minimum", message);
}

fn hundredth(percent: &Decimal) -> Decimal {
    let fraction = percent.checked_div(&Decimal::from(100));
    fraction.unwrap_or_else(Decimal::zero)
}

/// At most a year: longer is as good as never, and would overflow times.
fn milliseconds(number: &Decimal) -> TimeDelta {
    let longest = TimeDelta::seconds(LONGEST_SECONDS);
    let whole = number.floor_to(&Decimal::one()).to_string();
    let parsed = whole.parse().map(TimeDelta::milliseconds);
    let delta = parsed.unwrap_or(longest);
    delta.clamp(TimeDelta::zero(), longest)
}
