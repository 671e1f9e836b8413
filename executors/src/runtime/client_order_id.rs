//! Names orders so that the same decision always asks the venue for the same order.

use domain::ids::{ClientOrderId, StrategyKey};
use sha2::{Digest, Sha256};

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// `<instance>-<run>-<number>` in base 36: at most 35 characters of `[a-z0-9-]`, which every
/// venue accepts. `number` counts the orders of the run from 0.
pub fn client_order_id(key: &StrategyKey, run: u32, number: u64) -> ClientOrderId {
    let digest = Sha256::digest(key.as_str().as_bytes());
    let instance = digest
        .iter()
        .take(8)
        .fold(0_u64, |bits, &byte| (bits << 8) | u64::from(byte));
    ClientOrderId::new(format!(
        "{}-{}-{}",
        base36(instance),
        base36(run.into()),
        base36(number)
    ))
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        digits.push(char::from(DIGITS[digit]));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_for_the_same_order_and_differs_for_any_other() {
        let key = StrategyKey::new("user-client-volume");
        let other = StrategyKey::new("user-client-arbitrage");
        let id = client_order_id(&key, 3, 12);
        assert_eq!(id, client_order_id(&key, 3, 12));
        for different in [
            client_order_id(&key, 3, 13),
            client_order_id(&key, 31, 2),
            client_order_id(&other, 3, 12),
        ] {
            assert_ne!(id, different);
        }
    }

    #[test]
    fn fits_every_venue_even_at_the_largest_numbers() {
        for key in ["a", "b-c", "0d9f3f4e-user-client-pureMarketMaking"] {
            let id = client_order_id(&StrategyKey::new(key), u32::MAX, u64::MAX);
            assert!(id.as_str().len() <= 36, "{id}");
            assert!(
                id.as_str()
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-')
            );
        }
    }
}
