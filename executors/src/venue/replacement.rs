//! Orders that come in the place of others in one request.

use async_trait::async_trait;
use domain::ids::ClientOrderId;
use domain::money::Decimal;

use super::contract::{OrderAnswer, OrderRequest, PlaceAnswer};

/// A venue where nothing comes between taking orders off and placing others.
#[async_trait]
pub trait Replaces: Send + Sync {
    /// Takes all of the old orders off. The new ones are placed unless an old one traded more than is
    /// known, or was over already. Repeating a request is harmless.
    async fn replace(&self, replacement: &Replacement) -> ReplaceAnswer;
}

#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    pub old: Vec<OldOrder>,
    pub new: Vec<OrderRequest>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OldOrder {
    pub client_order_id: ClientOrderId,
    pub pair: String,
    /// How much of it is known to have traded.
    pub filled: Decimal,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ReplaceAnswer {
    /// About each of the old orders and each of the new ones, in the order of the request.
    Replaced {
        old: Vec<OrderAnswer>,
        new: Vec<PlaceAnswer>,
    },
    /// None of the new orders is there, nor will be.
    NotReplaced { old: Vec<OrderAnswer> },
    /// Both, or neither, or only the first may have been done.
    Unknown { reason: String },
}
