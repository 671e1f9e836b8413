//! `/admin/strategy/definitions`: the catalogue.

mod change;
mod changes;
mod create;
mod disable;
mod enable;
mod find;
mod list;
mod lookup;
mod publish;
mod remove;
mod update;
mod versions;

pub use changes::ChangesRequest;
pub use create::CreateRequest;
pub use publish::PublishRequest;
pub use remove::Removed;

pub(crate) use create::*;
pub(crate) use disable::*;
pub(crate) use enable::*;
pub(crate) use find::*;
pub(crate) use list::*;
pub(crate) use lookup::{PathId, require, require_ref, subject};
pub(crate) use publish::*;
pub(crate) use remove::*;
pub(crate) use update::*;
pub(crate) use versions::*;
