//! The UI's session: a signed token in a cookie that no script can read.
//!
//! Nothing is stored, so a session outlives the process; whoever logs out is remembered until the
//! session would have ended. Keys depend on the password, so a new one ends every session.

mod begin;
mod cookie;
mod end;
mod ended;
mod renew;
mod show;
mod token;

pub(super) use cookie::session_cookie;
pub(crate) use ended::SessionsEnded;
pub(crate) use renew::renew_session;
pub(crate) use token::Session;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::state::AppState;

/// A password and its name; nothing longer is read.
const LARGEST_BODY: usize = 16 * 1024;

pub(crate) fn session_routes() -> Router<AppState> {
    let methods = get(show::show).post(begin::begin).delete(end::end);
    let methods = methods.layer(DefaultBodyLimit::max(LARGEST_BODY));
    Router::new().route("/api/v1/session", methods)
}
