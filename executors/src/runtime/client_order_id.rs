//! Names orders so that the same decision always asks the venue for the same order, and so that
//! the order's name says whose it is.

use domain::ids::{ClientOrderId, StrategyKey};
use sha2::{Digest, Sha256};

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// `<instance>-<run>-<number>` in base 36: at most 35 characters of `[a-z0-9-]`, which every
/// venue accepts. `number` counts the orders of the run from 0.
pub fn client_order_id(key: &StrategyKey, run: u32, number: u64) -> ClientOrderId {
    ClientOrderId::new(format!(
        "{}-{}-{}",
        instance_tag(key),
        base36(run.into()),
        base36(number)
    ))
}

/// What the orders of an instance begin with.
pub(super) fn instance_tag(key: &StrategyKey) -> String {
    let digest = Sha256::digest(key.as_str().as_bytes());
    let instance = digest
        .iter()
        .take(8)
        .fold(0_u64, |bits, &byte| (bits << 8) | u64::from(byte));
    base36(instance)
}

/// The instance's tag and the run's number; `None` for an order that was not named here.
pub(super) fn run_of(id: &ClientOrderId) -> Option<(&str, u32)> {
    let (tag, rest) = id.as_str().split_once('-')?;
    let (run, _) = rest.split_once('-')?;
    Some((tag, u32::from_str_radix(run, 36).ok()?))
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
    fn says_whose_it_is() {
        let key = StrategyKey::new("user-client-volume");
        let id = client_order_id(&key, 71, 12);
        assert_eq!(run_of(&id), Some((instance_tag(&key).as_str(), 71)));
        for foreign in ["", "by-hand", "x-ö-1"] {
            assert_eq!(run_of(&ClientOrderId::new(foreign)), None);
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
