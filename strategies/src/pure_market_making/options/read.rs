//! Numbers as the options give them.

use chrono::TimeDelta;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};

use crate::config_checks::config_field;
use crate::config_reader::ConfigReader;

const LONGEST_SECONDS: i64 = 365 * 86_400;

pub(super) fn read_amount(reader: &mut ConfigReader<'_>, field: &str) -> Decimal {
    let amount = reader.optional_number(field);
    let amount = amount.unwrap_or_else(Decimal::zero);
    if amount.is_negative() {
        refuse_negative(reader, field);
    }
    amount
}

/// At least zero, and below one.
pub(super) fn read_fraction(reader: &mut ConfigReader<'_>, field: &str) -> Decimal {
    let fraction = read_amount(reader, field);
    if fraction >= Decimal::one() {
        let (subject, limit) = (config_field(field), Param::text(1));
        reader.refuse(
            field,
            "exclusiveMaximum",
            Phrase::MustBeBelow { subject, limit },
        );
    }
    fraction
}

pub(super) fn refuse_negative(reader: &mut ConfigReader<'_>, field: &str) {
    let (subject, limit) = (config_field(field), Param::text(0));
    reader.refuse(field, "minimum", Phrase::MustBeAtLeast { subject, limit });
}

pub(super) fn hundredth(percent: &Decimal) -> Decimal {
    let fraction = percent.checked_div(&Decimal::from(100));
    fraction.unwrap_or_else(Decimal::zero)
}

/// At most a year: longer is as good as never, and would overflow times.
pub(super) fn milliseconds(number: &Decimal) -> TimeDelta {
    let longest = TimeDelta::seconds(LONGEST_SECONDS);
    let whole = number.floor_to(&Decimal::one()).to_string();
    let parsed = whole.parse().map(TimeDelta::milliseconds);
    let delta = parsed.unwrap_or(longest);
    delta.clamp(TimeDelta::zero(), longest)
}
