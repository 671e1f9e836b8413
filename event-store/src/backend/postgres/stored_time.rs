//! Times as PostgreSQL stores them. It also has times that no calendar of ours reaches, `infinity` among
//! them, and the driver adds them up without looking.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgHasArrayType, PgTypeInfo, PgValueRef, Postgres};
use sqlx::{Decode, Type};

/// 2000-01-01: PostgreSQL counts its microseconds from there.
const EPOCH: DateTime<Utc> = DateTime::from_timestamp_nanos(946_684_800_000_000_000);

/// What stands in a `timestamptz`, where it is a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredTime(pub(super) DateTime<Utc>);

impl StoredTime {
    /// `None` where it is no time.
    pub(super) fn since_epoch(microseconds: i64) -> Option<DateTime<Utc>> {
        EPOCH.checked_add_signed(TimeDelta::microseconds(microseconds))
    }
}

impl Type<Postgres> for StoredTime {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for StoredTime {
    fn array_type_info() -> PgTypeInfo {
        <DateTime<Utc> as PgHasArrayType>::array_type_info()
    }
}

impl Decode<'_, Postgres> for StoredTime {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        // Prepared statements answer in binary; others we do not ask for times
        let microseconds = i64::from_be_bytes(value.as_bytes()?.try_into()?);
        let time = Self::since_epoch(microseconds);
        time.map(Self)
            .ok_or_else(|| "recorded_at is not a time".into())
    }
}
