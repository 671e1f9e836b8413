//! GraphQL over HTTP, as its specification says, and no wider: JSON bodies only, queries only on GET.

mod answer;
mod cost;
mod deadline;
mod handler;
mod media_type;
mod operation;
mod parameters;

pub(super) use cost::refuse_explosive;
pub(super) use deadline::within;
pub(super) use handler::Served;
pub(crate) use handler::routes;
pub(super) use operation::operation_type;
pub(super) use parameters::Parameters;
