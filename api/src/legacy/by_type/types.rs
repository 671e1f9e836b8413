//! The strategy types of the original, and what their parameters look like.

use utoipa::ToSchema;

/// What the original called a type, and the executor that runs it here.
pub(super) const ARBITRAGE: &str = "arbitrage";
pub(super) const PURE_MARKET_MAKING: &str = "pureMarketMaking";
pub(super) const VOLUME: &str = "volume";

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct ArbitrageParams {
    pub user_id: String,
    pub client_id: String,
    /// `ETH/USDT`
    pub pair: Option<String>,
    /// In base currency.
    pub amount_to_trade: Option<f64>,
    /// A fraction: 0.01 is 1 %.
    pub min_profitability: Option<f64>,
    pub exchange_a_name: Option<String>,
    pub exchange_b_name: Option<String>,
    pub check_interval_seconds: Option<f64>,
    pub max_open_orders: Option<u32>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct PureMarketMakingParams {
    pub user_id: String,
    pub client_id: String,
    pub market_making_order_id: Option<String>,
    pub pair: Option<String>,
    pub exchange_name: Option<String>,
    pub oracle_exchange_name: Option<String>,
    /// A fraction: 0.1 is 10 %.
    pub bid_spread: Option<f64>,
    /// A fraction: 0.1 is 10 %.
    pub ask_spread: Option<f64>,
    /// In base currency.
    pub order_amount: Option<f64>,
    /// Milliseconds.
    pub order_refresh_time: Option<f64>,
    pub number_of_layers: Option<u32>,
    /// `mid_price`, `best_ask`, `best_bid` or `last_price`.
    pub price_source_type: Option<String>,
    pub amount_change_per_layer: Option<f64>,
    /// `fixed` or `percentage`.
    pub amount_change_type: Option<String>,
    pub ceiling_price: Option<f64>,
    pub floor_price: Option<f64>,
    pub hanging_orders_enabled: Option<bool>,
    pub maker_heavy_mode: Option<bool>,
    pub maker_heavy_bias_bps: Option<f64>,
    pub inventory_target_base_ratio: Option<f64>,
    pub inventory_skew_factor: Option<f64>,
    pub current_base_ratio: Option<f64>,
}
