//! okx: balances of an account that pays in cash (2024, as a program's public tests quote it) and of
//! one that may borrow (2025, from ccxt's static response tests; shortened to one currency).

use executors::venue::{LiveExchange, Venue};

use super::said::which_said;
use crate::okx::PAIR;
use crate::support::venue;

const OKX: LiveExchange = LiveExchange::Okx;

const CASH: &str = r#"{"code":"0","data":[{"adjEq":"","borrowFroz":"","details":[{"accAvgPx":"","availBal":"1009.9","availEq":"","borrowFroz":"",
"cashBal":"1009.9","ccy":"USDT","clSpotInUseAmt":"","crossLiab":"","disEq":"1009.627327","eq":"1009.9","eqUsd":"1009.627327","fixedBal":"0",
"frozenBal":"0","imr":"","interest":"","isoEq":"0","isoLiab":"","isoUpl":"","liab":"","maxLoan":"","maxSpotInUse":"","mgnRatio":"","mmr":"",
"notionalLever":"","openAvgPx":"","ordFrozen":"0","rewardBal":"","smtSyncEq":"0","spotBal":"","spotInUseAmt":"","spotIsoBal":"0",
"spotUpl":"","spotUplRatio":"","stgyEq":"0","totalPnl":"","totalPnlRatio":"","twap":"0","uTime":"1728445895160","upl":"","uplLiab":""}],
"imr":"","isoEq":"","mgnRatio":"","mmr":"","notionalUsd":"","ordFroz":"","totalEq":"1009.627327","uTime":"1728447007264","upl":""}],"msg":""}"#;
/// It may borrow for what its orders need: they have frozen more than it has.
const BORROWING: &str = r#"{"code":"0","data":[{"adjEq":"152648.60323464675","availEq":"151181.075297336","borrowFroz":"88.21541475407129",
"details":[{"accAvgPx":"","availBal":"0","availEq":"0","borrowFroz":"88.21541475407129","cashBal":"0.000258796","ccy":"USDT",
"clSpotInUseAmt":"","colBorrAutoConversion":"0","collateralEnabled":true,"collateralRestrict":false,"crossLiab":"0",
"disEq":"0.00025882964348","eq":"0.000258796","eqUsd":"0.00025882964348","fixedBal":"0","frozenBal":"441.02","imr":"","interest":"0",
"isoEq":"0","isoLiab":"0","isoUpl":"0","liab":"0","maxLoan":"762636.1210703909","maxSpotInUse":"","mgnRatio":"","mmr":"",
"notionalLever":"","openAvgPx":"","ordFrozen":"454.3333333333333","rewardBal":"","smtSyncEq":"0","spotBal":"","spotCopyTradingEq":"0",
"spotInUseAmt":"","spotIsoBal":"0","spotUpl":"","spotUplRatio":"","stgyEq":"0","totalPnl":"","totalPnlRatio":"","twap":"0",
"uTime":"1639596891483","upl":"0","uplLiab":"0"}],"imr":"101.55048142073795","isoEq":"0","mgnRatio":"15996.96577491501",
"mmr":"9.073098173527129","notionalUsd":"441.07707377035644","ordFroz":"13.335066666666664","totalEq":"43749472.35962724",
"uTime":"1752243327154","upl":"0"}],"msg":""}"#;

#[tokio::test]
async fn balances_were_told_so() {
    for (text, total, free) in [(CASH, "1009.9", "1009.9"), (BORROWING, "0.000258796", "0")] {
        let server = which_said(OKX, &[("GET /api/v5/account/balance", text)]).await;
        let quote = venue(OKX, &server).balances(PAIR).await.unwrap().quote;
        let told = (quote.total.to_string(), quote.free().to_string());
        assert_eq!(told, (total.to_owned(), free.to_owned()));
    }
}
