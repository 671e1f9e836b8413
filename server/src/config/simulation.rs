//! Settings of the simulated market and the paper venue.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::money::Decimal;
use executors::venue::faults::FaultSettings;
use executors::venue::paper::StartingBalances;

use super::document::{Faults, Market, Paper};
use super::values::{amount, chance, fee, speed};
use super::{ConfigError, refuse};

/// Instead of a file name, for trades that are made up.
const GENERATED: &str = "generated";

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MarketSettings {
    /// Makes the simulated prices the same at every start.
    pub(crate) seed: u64,
    /// Seconds of market per second; 0 stands still.
    pub(crate) speed: u32,
    /// Recorded data begins anew when it ends.
    pub(crate) starts_over: bool,
    /// Pairs whose prices come from single trades.
    pub(crate) trades: BTreeMap<String, TradeFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TradeFile {
    Recorded(PathBuf),
    Generated,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PaperSettings {
    /// Fractions of the traded value.
    pub(crate) maker_fee: Decimal,
    pub(crate) taker_fee: Decimal,
    pub(crate) latency_ms: u64,
    pub(crate) starting_balances: StartingBalances,
    pub(crate) faults: FaultSettings,
}

impl TryFrom<Market> for MarketSettings {
    type Error = ConfigError;

    fn try_from(market: Market) -> Result<Self, ConfigError> {
        let trades = market.trades.into_iter();
        let trades = trades.map(|(pair, source)| {
            let file = match source.as_str() {
                "" => {
                    return refuse(
                        "market.trades",
                        pair,
                        "write \"generated\" or the name of a file of recorded trades",
                    );
                }
                GENERATED => TradeFile::Generated,
                path => TradeFile::Recorded(PathBuf::from(path)),
            };
            Ok((pair, file))
        });
        Ok(Self {
            seed: market.seed,
            speed: speed(market.speed)?,
            starts_over: market.starts_over,
            trades: trades.collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<Paper> for PaperSettings {
    type Error = ConfigError;

    fn try_from(paper: Paper) -> Result<Self, ConfigError> {
        if paper.latency_ms > 60_000 {
            return refuse(
                "paper.latency_ms",
                paper.latency_ms.to_string(),
                "write the milliseconds an order takes to reach the venue, up to 60000",
            );
        }
        let named = paper.starting_balances.into_iter().map(|(currency, text)| {
            let amount = amount("paper.starting_balances", &text)?;
            Ok((currency.to_ascii_uppercase(), amount))
        });
        Ok(Self {
            maker_fee: fee("paper.maker_fee", &paper.maker_fee)?,
            taker_fee: fee("paper.taker_fee", &paper.taker_fee)?,
            latency_ms: paper.latency_ms,
            starting_balances: StartingBalances {
                named: named.collect::<Result<_, ConfigError>>()?,
                others: amount("paper.starting_balance", &paper.starting_balance)?,
            },
            faults: faults(&paper.faults)?,
        })
    }
}

fn faults(faults: &Faults) -> Result<FaultSettings, ConfigError> {
    Ok(FaultSettings {
        lost_requests: chance("paper.faults.lost_requests", &faults.lost_requests)?,
        lost_answers: chance("paper.faults.lost_answers", &faults.lost_answers)?,
        silences: chance("paper.faults.silences", &faults.silences)?,
        repeated_fills: chance("paper.faults.repeated_fills", &faults.repeated_fills)?,
        late_fills: chance("paper.faults.late_fills", &faults.late_fills)?,
        disconnects: chance("paper.faults.disconnects", &faults.disconnects)?,
        stale_books: chance("paper.faults.stale_books", &faults.stale_books)?,
        crossed_books: chance("paper.faults.crossed_books", &faults.crossed_books)?,
        ..FaultSettings::none(faults.seed)
    })
}
