//! okx: what is sent to it, to the letter, and how its answers are read.

use executors::venue::{
    CredentialsOf as _, LiveExchange, OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, TimeInForce, Venue,
};
