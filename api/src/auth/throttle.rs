//! How often an address may try to log in: 5 a minute, and 5 wrong passwords lock it for 15
//! minutes. How often all of them together may be wrong about the account: 30 times a minute; then
//! only those may try that somebody has logged in from, or anybody could keep its owner out. In
//! memory: a restart forgives.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

const ATTEMPTS_PER_WINDOW: u32 = 5;
const WINDOW: TimeDelta = TimeDelta::seconds(60);
const FAILURES_UNTIL_LOCKED: u32 = 5;
const LOCKED_FOR: TimeDelta = TimeDelta::minutes(15);
/// Wrong passwords of all addresses in one window.
const FAILURES_OF_ALL: u32 = 30;

/// Addresses remembered at most. Beyond it those strangers are forgotten that were quiet longest.
const REMEMBERED: usize = 10_000;

/// What was tried lately.
#[derive(Debug, Default)]
pub struct LoginThrottle(Mutex<Tried>);

#[derive(Debug, Default)]
struct Tried {
    addresses: HashMap<Option<IpAddr>, Attempts>,
    account: Failures,
}

/// Wrong passwords for the account, whoever sent them.
#[derive(Debug, Default)]
struct Failures {
    window_began: DateTime<Utc>,
    in_window: u32,
}

impl Failures {
    fn count(&mut self, now: DateTime<Utc>) {
        if now - self.window_began >= WINDOW {
            self.window_began = now;
            self.in_window = 0;
        }
        self.in_window += 1;
    }

    /// For how long no stranger may try.
    fn too_many(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let left = self.window_began + WINDOW - now;
        (self.in_window >= FAILURES_OF_ALL && left > TimeDelta::zero()).then_some(left)
    }
}

#[derive(Debug, Clone, Copy)]
struct Attempts {
    window_began: DateTime<Utc>,
    in_window: u32,
    failures: u32,
    locked_until: Option<DateTime<Utc>>,
    /// Somebody logged in from there.
    known: bool,
    last: DateTime<Utc>,
}

/// An attempt that may be made, and what is left of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) remaining: u32,
    pub(crate) resets_in_seconds: i64,
}

/// Why an attempt may not be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    TooOften { retry_in_seconds: i64 },
    Locked { retry_in_seconds: i64 },
}

impl LoginThrottle {
    pub(crate) const LIMIT: u32 = ATTEMPTS_PER_WINDOW;
    pub(crate) const WINDOW_SECONDS: i64 = WINDOW.num_seconds();

    pub(crate) fn take_turn(
        &self,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<Turn, Refusal> {
        let mut tried = self.lock();
        let Tried { addresses, account } = &mut *tried;
        forget_the_quietest(addresses);
        let attempts = addresses
            .entry(network_of(address))
            .or_insert(Attempts::none(now));
        attempts.last = now;
        if let Some(until) = attempts.locked_until {
            if now < until {
                return Err(Refusal::Locked {
                    retry_in_seconds: seconds(until - now),
                });
            }
            // Who was let in once stays known: that is what lets an owner in during a flood
            *attempts = Attempts {
                known: attempts.known,
                ..Attempts::none(now)
            };
        }
        if now - attempts.window_began >= WINDOW {
            attempts.window_began = now;
            attempts.in_window = 0;
        }
        let resets_in_seconds = seconds(attempts.window_began + WINDOW - now);
        if attempts.in_window >= ATTEMPTS_PER_WINDOW {
            return Err(Refusal::TooOften {
                retry_in_seconds: resets_in_seconds,
            });
        }
        if let Some(left) = account.too_many(now).filter(|_| !attempts.known) {
            return Err(Refusal::TooOften {
                retry_in_seconds: seconds(left),
            });
        }
        attempts.in_window += 1;
        Ok(Turn {
            remaining: ATTEMPTS_PER_WINDOW - attempts.in_window,
            resets_in_seconds,
        })
    }

    /// Until when nobody may try from there, if this was one too many.
    pub(crate) fn record_failure(
        &self,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let mut tried = self.lock();
        tried.account.count(now);
        let attempts = tried
            .addresses
            .entry(network_of(address))
            .or_insert(Attempts::none(now));
        attempts.failures += 1;
        if attempts.failures >= FAILURES_UNTIL_LOCKED {
            attempts.locked_until = Some(now + LOCKED_FOR);
        }
        attempts.locked_until
    }

    pub(crate) fn record_success(&self, address: Option<IpAddr>) {
        let mut tried = self.lock();
        if let Some(attempts) = tried.addresses.get_mut(&network_of(address)) {
            attempts.failures = 0;
            attempts.known = true;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempts {
    fn none(now: DateTime<Utc>) -> Self {
        Self {
            window_began: now,
            in_window: 0,
            failures: 0,
            locked_until: None,
            known: false,
            last: now,
        }
    }
}

/// One IPv6 customer has a whole /64, so all of it counts as one.
fn network_of(address: Option<IpAddr>) -> Option<IpAddr> {
    match address?.to_canonical() {
        IpAddr::V6(v6) => Some(IpAddr::V6((u128::from(v6) >> 64 << 64).into())),
        v4 @ IpAddr::V4(_) => Some(v4),
    }
}

/// Drops a quarter of the strangers at once, so that a flood of addresses doesn't pay for a search
/// each. Whoever was let in stays, and knows the password: such addresses are few.
fn forget_the_quietest(addresses: &mut HashMap<Option<IpAddr>, Attempts>) {
    if addresses.len() < REMEMBERED {
        return;
    }
    let strangers = addresses.values().filter(|attempts| !attempts.known);
    let mut last: Vec<DateTime<Utc>> = strangers.map(|attempts| attempts.last).collect();
    if last.is_empty() {
        return;
    }
    let at = last.len() / 4;
    let (_, &mut quarter, _) = last.select_nth_unstable(at);
    addresses.retain(|_, attempts| attempts.known || attempts.last > quarter);
}

fn seconds(left: TimeDelta) -> i64 {
    // Rounded up: "retry in 0 seconds" would be refused again
    (left.num_milliseconds() + 999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_sixth_attempt_waits_for_the_next_window() {
        let throttle = LoginThrottle::default();
        let from = Some(address("10.0.0.1"));
        for left in (0..5).rev() {
            assert_eq!(throttle.take_turn(from, AT).unwrap().remaining, left);
        }
        let later = AT + TimeDelta::milliseconds(59_001);
        let refused = throttle.take_turn(from, later);
        assert_eq!(
            refused,
            Err(Refusal::TooOften {
                retry_in_seconds: 1
            })
        );
        assert!(throttle.take_turn(Some(address("10.0.0.2")), AT).is_ok());
        assert!(throttle.take_turn(from, AT + WINDOW).is_ok());
    }

    #[test]
    fn five_failures_lock_and_a_success_forgives() {
        let throttle = LoginThrottle::default();
        let from = Some(address("2001:db8::1"));
        for _ in 0..4 {
            throttle.record_failure(from, AT);
        }
        throttle.record_success(from);
        for _ in 0..5 {
            throttle.record_failure(Some(address("2001:db8::2")), AT);
        }
        let refused = throttle.take_turn(from, AT);
        assert_eq!(
            refused,
            Err(Refusal::Locked {
                retry_in_seconds: 900
            })
        );
        assert!(
            throttle
                .take_turn(Some(address("2001:db8:0:1::1")), AT)
                .is_ok()
        );
        assert!(throttle.take_turn(from, AT + LOCKED_FOR).is_ok());
    }

    #[test]
    fn wrong_passwords_from_everywhere_hold_strangers_up_and_nobody_who_was_let_in() {
        let throttle = LoginThrottle::default();
        let owner = Some(address("10.0.0.1"));
        throttle.take_turn(owner, AT).unwrap();
        throttle.record_success(owner);
        for n in 0..FAILURES_OF_ALL {
            let from = Some(IpAddr::V4((0x0b00_0000 + n).into()));
            throttle.take_turn(from, AT).unwrap();
            throttle.record_failure(from, AT);
        }
        let stranger = Some(address("12.0.0.1"));
        assert_eq!(
            throttle.take_turn(stranger, AT + TimeDelta::seconds(1)),
            Err(Refusal::TooOften {
                retry_in_seconds: 59
            })
        );
        assert!(throttle.take_turn(owner, AT).is_ok());
        assert!(throttle.take_turn(stranger, AT + WINDOW).is_ok());
    }

    /// Wrong passwords from as many addresses as hold every stranger up.
    fn flood(throttle: &LoginThrottle, now: DateTime<Utc>) {
        for n in 0..FAILURES_OF_ALL {
            throttle.record_failure(Some(IpAddr::V4((0x0b00_0000 + n).into())), now);
        }
    }

    #[test]
    fn who_was_let_in_is_known_after_a_lock_as_well() {
        let throttle = LoginThrottle::default();
        let owner = Some(address("10.0.0.1"));
        throttle.take_turn(owner, AT).unwrap();
        throttle.record_success(owner);
        for _ in 0..FAILURES_UNTIL_LOCKED {
            throttle.record_failure(owner, AT);
        }
        let later = AT + LOCKED_FOR;
        flood(&throttle, later);
        assert!(
            throttle
                .take_turn(Some(address("12.0.0.1")), later)
                .is_err()
        );
        assert!(throttle.take_turn(owner, later).is_ok());
    }

    #[test]
    fn who_was_let_in_is_not_forgotten_for_strangers() {
        let throttle = LoginThrottle::default();
        let owner = Some(address("10.0.0.1"));
        throttle.take_turn(owner, AT).unwrap();
        throttle.record_success(owner);
        let later = |n: u32| AT + WINDOW + TimeDelta::milliseconds(n.into());
        for n in 0..20_000_u32 {
            let from = Some(IpAddr::V4((0x0c00_0000 + n).into()));
            throttle.take_turn(from, later(n)).unwrap();
        }
        let now = later(20_000);
        flood(&throttle, now);
        assert!(throttle.take_turn(Some(address("13.0.0.1")), now).is_err());
        assert!(throttle.take_turn(owner, now).is_ok());
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = LoginThrottle::default();
        for n in 0..20_000_u32 {
            let from = Some(IpAddr::V4(n.into()));
            assert!(
                throttle
                    .take_turn(from, AT + TimeDelta::milliseconds(n.into()))
                    .is_ok()
            );
        }
        assert!(throttle.lock().addresses.len() <= REMEMBERED);
    }
}
