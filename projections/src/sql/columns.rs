//! Reads a row's columns as the types they stand for.

use std::error::Error;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use event_store::Position;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

/// A row as the database gave it.
pub(crate) struct Columns<'r>(pub(crate) &'r AnyRow);

impl Columns<'_> {
    pub(crate) fn text(&self, name: &str) -> Result<String, sqlx::Error> {
        self.0.try_get(name)
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<String>, sqlx::Error> {
        self.0.try_get(name)
    }

    pub(crate) fn integer(&self, name: &str) -> Result<i64, sqlx::Error> {
        self.0.try_get(name)
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool, sqlx::Error> {
        Ok(self.integer(name)? != 0)
    }

    pub(crate) fn count<N: TryFrom<i64>>(&self, name: &str) -> Result<N, sqlx::Error>
    where
        N::Error: Error + Send + Sync + 'static,
    {
        N::try_from(self.integer(name)?).map_err(|source| undecodable(name, source))
    }

    pub(crate) fn position(&self, name: &str) -> Result<Position, sqlx::Error> {
        self.count(name).map(Position)
    }

    pub(crate) fn time(&self, name: &str) -> Result<DateTime<Utc>, sqlx::Error> {
        self.parsed(name)
    }

    pub(crate) fn optional_time(&self, name: &str) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
        let time = self.optional_text(name)?.map(|text| text.parse());
        time.transpose().map_err(|source| undecodable(name, source))
    }

    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, sqlx::Error>
    where
        T::Err: Error + Send + Sync + 'static,
    {
        self.text(name)?
            .parse()
            .map_err(|source| undecodable(name, source))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, sqlx::Error> {
        serde_json::from_str(&self.text(name)?).map_err(|source| undecodable(name, source))
    }

    pub(crate) fn optional_json<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<T>, sqlx::Error> {
        let text = self.optional_text(name)?;
        let json = text.map(|text| serde_json::from_str(&text)).transpose();
        json.map_err(|source| undecodable(name, source))
    }
}

pub(crate) fn undecodable(
    column: &str,
    source: impl Into<Box<dyn Error + Send + Sync>>,
) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: source.into(),
    }
}
