//! A binance that keeps orders: they rest until the test trades them or somebody takes them off.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::binance_answers::{MARKETS, NO_SUCH_ORDER};
use crate::loopback::{Asked, Loopback, Reply};
use crate::support::now;

#[derive(Debug, Clone, Default)]
pub(crate) struct Book(Arc<Mutex<BTreeMap<String, Resting>>>);

#[derive(Debug, Clone)]
pub(crate) struct Resting {
    pub(crate) number: usize,
    pub(crate) side: String,
    pub(crate) kind: String,
    pub(crate) price: String,
    quantity: String,
    executed: f64,
    pub(crate) status: &'static str,
    trades: Vec<String>,
}

impl Book {
    pub(crate) async fn open(&self) -> Loopback {
        let book = self.clone();
        Loopback::start(move |asked: &Asked| book.answer(asked)).await
    }

    /// By client order id.
    pub(crate) fn all(&self) -> BTreeMap<String, Resting> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn resting(&self) -> Vec<Resting> {
        let all = self.all().into_values();
        all.filter(|order| order.status == "NEW").collect()
    }

    /// Trades so much of the order on a side.
    pub(crate) fn trade(&self, side: &str, quantity: &str) {
        let mut orders = self.0.lock().unwrap();
        let order = orders
            .values_mut()
            .find(|order| order.side == side && order.status == "NEW");
        let order = order.unwrap();
        let id = order.number * 100 + order.trades.len();
        order.executed += quantity.parse::<f64>().unwrap();
        order.trades.push(format!(
            r#"{{"symbol":"WLDUSDT","id":{id},"orderId":{},"price":"{}","qty":"{quantity}","commission":"0.00001","commissionAsset":"BNB","time":{}}}"#,
            order.number,
            order.price,
            now().timestamp_millis()
        ));
    }

    fn answer(&self, asked: &Asked) -> Reply {
        let mut orders = self.0.lock().unwrap();
        let id = |name| asked.parameter(name).unwrap_or_default();
        match asked.what.as_str() {
            "GET /api/v3/exchangeInfo" => Reply::Json(MARKETS.to_owned()),
            "GET /api/v3/depth" => {
                Reply::Json(r#"{"bids":[["2.4500","500"]],"asks":[["2.4510","500"]]}"#.to_owned())
            }
            "GET /api/v3/ticker/24hr" => Reply::Json(
                r#"{"lastPrice":"2.4505","bidPrice":"2.4500","askPrice":"2.4510"}"#.to_owned(),
            ),
            "POST /api/v3/order" => {
                let number = orders.len() + 1;
                let order = Resting {
                    number,
                    side: id("side"),
                    kind: id("type"),
                    price: id("price"),
                    quantity: id("quantity"),
                    executed: 0.0,
                    status: "NEW",
                    trades: vec![],
                };
                let before = orders.insert(id("newClientOrderId"), order);
                assert!(before.is_none(), "an order was sent twice");
                let at = now().timestamp_millis();
                Reply::Json(format!(
                    r#"{{"symbol":"WLDUSDT","orderId":{number},"transactTime":{at}}}"#
                ))
            }
            "GET /api/v3/order" => match orders.get(&id("origClientOrderId")) {
                Some(order) => Reply::Json(order.report()),
                None => Reply::Status(400, NO_SUCH_ORDER.to_owned()),
            },
            "DELETE /api/v3/order" => match orders.get_mut(&id("origClientOrderId")) {
                Some(order) if order.status == "NEW" => {
                    order.status = "CANCELED";
                    Reply::Json(order.report())
                }
                _ => Reply::Status(
                    400,
                    r#"{"code":-2011,"msg":"Unknown order sent."}"#.to_owned(),
                ),
            },
            "GET /api/v3/myTrades" => {
                let wanted = asked.parameter("orderId");
                let wanted = |order: &&Resting| {
                    wanted
                        .as_ref()
                        .is_none_or(|id| *id == order.number.to_string())
                };
                let trades = orders
                    .values()
                    .filter(wanted)
                    .flat_map(|order| &order.trades);
                let trades: Vec<&str> = trades.map(String::as_str).collect();
                Reply::Json(format!("[{}]", trades.join(",")))
            }
            other => panic!("nobody answers {other}"),
        }
    }
}

impl Resting {
    fn report(&self) -> String {
        let at = now().timestamp_millis();
        format!(
            r#"{{"symbol":"WLDUSDT","orderId":{},"price":"{}","origQty":"{}","executedQty":"{:.1}","status":"{}","time":{at},"updateTime":{at}}}"#,
            self.number, self.price, self.quantity, self.executed, self.status
        )
    }
}
