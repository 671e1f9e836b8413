//! What each side is measured from.

use std::borrow::Cow;

use domain::execution::Side;
use domain::money::Decimal;

use super::config::PriceSource;
use super::proposal::View;

/// Sells are not offered below what the inventory cost, when the configuration asks for that.
pub(super) fn side_reference<'a>(side: Side, view: &'a View<'_>) -> Cow<'a, Decimal> {
    let reference = view.reference();
    if side == Side::Buy || view.config.price_source != PriceSource::InventoryCost {
        return Cow::Borrowed(reference);
    }
    match view.own.history.inventory_cost() {
        Some(cost) if cost > *reference => Cow::Owned(cost),
        Some(_) | None => Cow::Borrowed(reference),
    }
}
