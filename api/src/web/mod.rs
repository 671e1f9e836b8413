//! The admin UI, embedded: its files, and the one page that answers every address of its own.
//!
//! A build without it embeds a page that says so.

mod file;
mod headers;
mod pages;
#[cfg(test)]
#[path = "../../build/required.rs"]
mod required;

pub(crate) use pages::{first_page, pages, strategies_page};

/// `built` or `placeholder`, so that a packager sees a wrong build.
pub(crate) const WEB: &str = env!("STRATEGOS_WEB");
