//! Our order's id as each exchange takes it. Derived from ours alone, so that it can be asked for
//! again at any time.

use domain::ids::ClientOrderId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Ours, where its letters and dashes are taken: up to `longest` characters.
pub(super) fn as_it_is(id: &ClientOrderId, longest: usize) -> String {
    within(id.as_str().to_owned(), longest)
}

/// Letters and digits only. Ours has no capitals, so one of them can stand for the dash.
pub(super) fn without_dashes(id: &ClientOrderId, longest: usize) -> String {
    within(id.as_str().replace('-', "X"), longest)
}

/// A UUID that is always the same for the same id.
pub(super) fn as_uuid(id: &ClientOrderId) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_str().as_bytes()).to_string()
}

/// What would be too long is replaced by its digest, in capitals that no id of ours has.
fn within(id: String, longest: usize) -> String {
    if id.len() <= longest {
        return id;
    }
    let digest = Sha256::digest(id.as_bytes());
    let hex = |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from(HEX[usize::from(half)]));
    digest.iter().flat_map(hex).take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::client_order_id;
    use domain::ids::StrategyKey;

    fn ids() -> Vec<ClientOrderId> {
        let keys = ["a", "user-client-volume"].map(StrategyKey::new);
        let runs = [1, 36, u32::MAX];
        let numbers = [0, 1, 35, 36, 371, u64::MAX];
        let runs = keys.iter().flat_map(|key| runs.map(|run| (key, run)));
        runs.flat_map(|(key, run)| numbers.map(|number| client_order_id(key, run, number)))
            .collect()
    }

    fn all_differ(spelled: &[String]) -> bool {
        let different: std::collections::BTreeSet<&String> = spelled.iter().collect();
        different.len() == spelled.len()
    }

    #[test]
    fn each_exchange_gets_what_it_takes_and_never_one_id_for_two_orders() {
        let ids = ids();
        let binance: Vec<String> = ids.iter().map(|id| as_it_is(id, 36)).collect();
        let mexc: Vec<String> = ids.iter().map(|id| as_it_is(id, 32)).collect();
        let okx: Vec<String> = ids.iter().map(|id| without_dashes(id, 32)).collect();
        let kraken: Vec<String> = ids.iter().map(as_uuid).collect();
        for spelled in [&binance, &mexc, &okx, &kraken] {
            assert!(all_differ(spelled), "{spelled:?}");
        }
        assert!(
            binance
                .iter()
                .zip(&ids)
                .all(|(spelled, id)| spelled == id.as_str())
        );
        assert!(mexc.iter().chain(&okx).all(|spelled| spelled.len() <= 32));
        assert!(
            okx.iter()
                .all(|id| id.chars().all(|c| c.is_ascii_alphanumeric()))
        );
        assert!(kraken.iter().all(|spelled| spelled.parse::<Uuid>().is_ok()));
    }

    #[test]
    fn the_spelling_never_changes() {
        let id = ClientOrderId::new("2kp9c0zq1x7a-1-0");
        assert_eq!(as_it_is(&id, 36), "2kp9c0zq1x7a-1-0");
        assert_eq!(without_dashes(&id, 32), "2kp9c0zq1x7aX1X0");
        assert_eq!(as_uuid(&id), "0eafe8fa-0c51-581c-bbd2-b9a55321ce87");
    }
}
