//! Logins that were refused: whoever reads the history later finds there who tried. One stream per UTC day.
//!
//! What was sent as a password is no part of it, nor any other text that a client chose.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use crate::event::{aggregate_type, domain_event};

/// Nothing is decided on what was refused before, so the aggregate itself remembers nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Logins {}

/// A wrong password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefuseLogin {
    /// `None` where the client's is not known.
    pub address: Option<IpAddr>,
    pub refused_at: DateTime<Utc>,
    /// Until when nobody may try from there, if this was one too many.
    pub locked_until: Option<DateTime<Utc>>,
}

impl RefuseLogin {
    pub fn stream_id(&self) -> String {
        self.refused_at.date_naive().to_string()
    }
}

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum LoginEvent {
    LoginRefused {
        address: Option<IpAddr>,
        refused_at: DateTime<Utc>,
    },
    LoginLocked {
        address: Option<IpAddr>,
        locked_at: DateTime<Utc>,
        until: DateTime<Utc>,
    },
}

domain_event!(LoginEvent { LoginRefused => "1.0", LoginLocked => "1.0" });

impl Aggregate for Logins {
    const TYPE: &'static str = aggregate_type::LOGIN;
    type Command = RefuseLogin;
    type Event = LoginEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let RefuseLogin {
            address,
            refused_at,
            locked_until,
        } = command;
        let refused = LoginEvent::LoginRefused {
            address,
            refused_at,
        };
        sink.write(refused, self).await;
        if let Some(until) = locked_until {
            let locked = LoginEvent::LoginLocked {
                address,
                locked_at: refused_at,
                until,
            };
            sink.write(locked, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            LoginEvent::LoginRefused { .. } | LoginEvent::LoginLocked { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;
    use crate::examples::at;

    #[test]
    fn one_too_many_also_locks() {
        let address = Some("203.0.113.9".parse().unwrap());
        let refuse = |locked_until| RefuseLogin {
            address,
            refused_at: at(60),
            locked_until,
        };
        let refused = LoginEvent::LoginRefused {
            address,
            refused_at: at(60),
        };
        let locked = LoginEvent::LoginLocked {
            address,
            locked_at: at(60),
            until: at(960),
        };
        let framework = || TestFramework::<Logins>::with(());
        framework()
            .given_no_previous_events()
            .when(refuse(None))
            .then_expect_events(vec![refused.clone()]);
        framework()
            .given(vec![refused.clone()])
            .when(refuse(Some(at(960))))
            .then_expect_events(vec![refused, locked]);
    }
}
