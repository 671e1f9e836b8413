//! Instances as they were: each change of a row is kept, so that the past is looked up like the present.

mod projection;
pub mod query;
mod store;

pub(crate) use projection::InstanceMoments;
