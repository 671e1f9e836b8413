//! How far the tables are, building them anew, following their progress.

mod lag;
mod list;
mod payload;
mod projection;
mod rebuild;
mod rebuilds;
mod resume;

pub(crate) use lag::ProjectionLagSubscription;
pub(crate) use list::ProjectionsQuery;
pub(crate) use rebuild::RebuildProjection;
pub(crate) use rebuilds::Rebuilds;
pub(crate) use resume::ResumeProjection;
