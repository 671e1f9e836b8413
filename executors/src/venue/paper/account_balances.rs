//! What the accounts of one exchange hold, as far as one transaction touches it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::execution::Side;
use domain::money::Decimal;
use rusqlite::{Connection, OptionalExtension};

use super::ledger::PaperError;
use super::settings::StartingBalances;
use crate::market::Pair;
use crate::venue::Balance;

/// Read when first asked for, written when the transaction is done with them.
#[derive(Debug)]
pub(super) struct AccountBalances<'a> {
    exchange: &'a str,
    starting: &'a StartingBalances,
    held: BTreeMap<BalanceKey, Balance>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct BalanceKey {
    account: String,
    currency: String,
}

/// A trade as its account feels it; the fee is in quote currency.
#[derive(Debug)]
pub(super) struct Settlement<'a> {
    pub(super) account: &'a str,
    pub(super) pair: &'a Pair,
    pub(super) side: Side,
    pub(super) price: &'a Decimal,
    pub(super) quantity: &'a Decimal,
    pub(super) fee: &'a Decimal,
}

impl<'a> AccountBalances<'a> {
    pub(super) fn new(exchange: &'a str, starting: &'a StartingBalances) -> Self {
        Self {
            exchange,
            starting,
            held: BTreeMap::new(),
        }
    }

    pub(super) fn balance(
        &mut self,
        connection: &Connection,
        account: &str,
        currency: &str,
    ) -> Result<&mut Balance, PaperError> {
        let key = BalanceKey {
            account: account.to_owned(),
            currency: currency.to_owned(),
        };
        match self.held.entry(key) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(free) => {
                let found = find(connection, self.exchange, free.key())?;
                let balance = found.unwrap_or_else(|| Balance {
                    total: self.starting.of(currency).clone(),
                    reserved: Decimal::zero(),
                });
                Ok(free.insert(balance))
            }
        }
    }

    /// Moves what was traded; what the order had reserved is not touched.
    pub(super) fn settle(
        &mut self,
        connection: &Connection,
        trade: &Settlement<'_>,
    ) -> Result<(), PaperError> {
        let value = trade.price * trade.quantity;
        let (base, quote) = match trade.side {
            Side::Buy => (trade.quantity.clone(), -&(&value + trade.fee)),
            Side::Sell => (-trade.quantity, &value - trade.fee),
        };
        for (currency, change) in [(&trade.pair.base, base), (&trade.pair.quote, quote)] {
            let balance = self.balance(connection, trade.account, currency)?;
            balance.total = &balance.total + &change;
        }
        Ok(())
    }

    /// An order's reservation changes.
    pub(super) fn reserve(
        &mut self,
        connection: &Connection,
        account: &str,
        currency: &str,
        (before, after): (&Decimal, &Decimal),
    ) -> Result<(), PaperError> {
        let balance = self.balance(connection, account, currency)?;
        balance.reserved = &(&balance.reserved - before) + after;
        Ok(())
    }

    pub(super) fn save(self, connection: &Connection) -> Result<(), PaperError> {
        let sql = "INSERT INTO paper_balances (exchange, account, currency, total, reserved) \
                   VALUES (?, ?, ?, ?, ?) ON CONFLICT (exchange, account, currency) \
                   DO UPDATE SET total = excluded.total, reserved = excluded.reserved";
        let mut statement = connection.prepare_cached(sql)?;
        for (key, balance) in self.held {
            let (total, reserved) = (balance.total.to_string(), balance.reserved.to_string());
            let row = (self.exchange, key.account, key.currency, total, reserved);
            statement.execute(row)?;
        }
        Ok(())
    }
}

fn find(
    connection: &Connection,
    exchange: &str,
    key: &BalanceKey,
) -> Result<Option<Balance>, PaperError> {
    let sql = "SELECT total, reserved FROM paper_balances \
               WHERE exchange = ? AND account = ? AND currency = ?";
    let named = (exchange, &key.account, &key.currency);
    let row: Option<(String, String)> = connection
        .prepare_cached(sql)?
        .query_row(named, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((total, reserved)) = row else {
        return Ok(None);
    };
    Ok(Some(Balance {
        total: total.parse()?,
        reserved: reserved.parse()?,
    }))
}

/// What a buy or a sale pays with.
pub(super) fn paid_with(side: Side, pair: &Pair) -> &str {
    match side {
        Side::Buy => &pair.quote,
        Side::Sell => &pair.base,
    }
}

/// The most that `quantity` may still cost: fees are in quote currency, so a sale costs no more
/// than what is sold.
pub(super) fn cost(side: Side, price: &Decimal, quantity: &Decimal, fee_rate: &Decimal) -> Decimal {
    match side {
        Side::Buy => &(price * quantity) * &(&Decimal::one() + fee_rate),
        Side::Sell => quantity.clone(),
    }
}
