//! Answers that the exchanges really gave about spot markets, as others recorded them: where, each
//! file says. Ids are made to agree where an answer is about another order than the one before it.

mod binance;
mod kraken;
mod mexc;
mod okx;
mod okx_balances;
mod said;
