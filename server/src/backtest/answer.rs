//! What was found, as the API tells it.

use api::{BacktestMarket, BacktestOrders, BacktestPoint, BacktestReport, BacktestTrade};
use executors::backtest::{BacktestReport as Found, EquityPoint, Market, Trade};

pub(super) fn answer(found: Found) -> BacktestReport {
    BacktestReport {
        from: found.from,
        until: found.until,
        step_seconds: found.step_seconds,
        profit: found.profit,
        realised: found.realised,
        unrealised: found.unrealised,
        fees: found.fees,
        other_fees: found.other_fees,
        volume: found.volume,
        max_drawdown: found.max_drawdown,
        both_sides_quoted: found.both_sides_quoted,
        orders: BacktestOrders {
            placed: found.orders.placed,
            rejected: found.orders.rejected,
            cancelled: found.orders.cancelled,
            filled: found.orders.filled,
        },
        markets: found.markets.into_iter().map(market).collect(),
        skipped: found.skipped,
        ended_early: found.ended_early,
        equity: found.equity.into_iter().map(point).collect(),
        trades: found.trades.into_iter().map(trade).collect(),
    }
}

fn market(market: Market) -> BacktestMarket {
    BacktestMarket {
        exchange: market.exchange,
        pair: market.pair,
        last_price: market.last_price,
        trades: market.trades,
        bought: market.bought,
        sold: market.sold,
        inventory: market.inventory,
        largest_inventory: market.largest_inventory,
        profit: market.profit,
    }
}

fn point(point: EquityPoint) -> BacktestPoint {
    BacktestPoint {
        at: point.at,
        profit: point.profit,
        price: point.price,
        inventory: point.inventory,
    }
}

fn trade(trade: Trade) -> BacktestTrade {
    BacktestTrade {
        at: trade.at,
        exchange: trade.exchange,
        pair: trade.pair,
        side: trade.side,
        price: trade.price,
        quantity: trade.quantity,
    }
}
