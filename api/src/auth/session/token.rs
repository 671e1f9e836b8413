//! What the cookie says, and how long it is believed.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use jsonwebtoken::errors::Error;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::Credentials;

/// Unused for so long, it ends.
const IDLE: TimeDelta = TimeDelta::hours(8);
/// Used or not, it ends.
const ABSOLUTE: TimeDelta = TimeDelta::hours(24);
/// Used after so long, it is issued again: not at every request.
const RENEWED_AFTER: TimeDelta = TimeDelta::hours(2);

/// Says what a token is for; one that is for something else is refused.
const AUDIENCE: &str = "strategos-session";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    began: DateTime<Utc>,
    issued: DateTime<Utc>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    aud: String,
    sub: String,
    sid: Uuid,
    /// Seconds since 1970, as is `iat`.
    auth_time: i64,
    iat: i64,
}

impl Session {
    pub(super) fn begin(name: &str, now: DateTime<Utc>) -> Self {
        let now = now.trunc_subsecs(0);
        Self {
            id: Uuid::new_v4(),
            name: name.to_owned(),
            began: now,
            issued: now,
        }
    }

    pub(crate) fn expires(&self) -> DateTime<Utc> {
        (self.issued + IDLE).min(self.ends_at_last())
    }

    /// However much it is used.
    pub(super) fn ends_at_last(&self) -> DateTime<Utc> {
        self.began + ABSOLUTE
    }

    /// What it is once it was used now; `None` where that changes nothing yet.
    pub(super) fn renewed(&self, now: DateTime<Utc>) -> Option<Self> {
        let due = now - self.issued >= RENEWED_AFTER;
        due.then(|| Self {
            issued: now.trunc_subsecs(0),
            ..self.clone()
        })
    }
}

impl Credentials {
    pub(super) fn issue_session(&self, session: &Session) -> Result<String, Error> {
        let claims = Claims {
            aud: AUDIENCE.to_owned(),
            sub: session.name.clone(),
            sid: session.id,
            auth_time: session.began.timestamp(),
            iat: session.issued.timestamp(),
        };
        let secret = self.signing_secrets.first();
        let key = self.session_key(secret.map(Vec::as_slice).unwrap_or_default())?;
        encode(
            &Header::new(Algorithm::HS256),
            &claims,
            &EncodingKey::from_secret(&key),
        )
    }

    /// The session that we signed; whether it has ended is not looked at.
    pub(in crate::auth) fn verify_session(&self, token: &str) -> Option<Session> {
        let claims = self.signing_secrets.iter().find_map(|secret| {
            let key = DecodingKey::from_secret(&self.session_key(secret).ok()?);
            let token = decode::<Claims>(token, &key, &signature_only()).ok()?;
            Some(token.claims)
        })?;
        if claims.aud != AUDIENCE {
            return None;
        }
        Some(Session {
            id: claims.sid,
            name: claims.sub,
            began: DateTime::from_timestamp(claims.auth_time, 0)?,
            issued: DateTime::from_timestamp(claims.iat, 0)?,
        })
    }

    /// Neither signs legacy tokens nor survives a new password.
    fn session_key(&self, secret: &[u8]) -> Result<Vec<u8>, Error> {
        // No legacy token is signed over this text: it has colons and dollars, they have not
        let purpose = format!("{AUDIENCE}:{}", self.password_hash());
        let secret = EncodingKey::from_secret(secret);
        let mac = jsonwebtoken::crypto::sign(purpose.as_bytes(), &secret, Algorithm::HS256)?;
        Ok(mac.into_bytes())
    }
}

/// Times are checked against our clock, not by the library against the system's.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}
