//! Pages of other origins, which a browser sends cookies for all the same.

use axum::http::Request;
use serde_json::json;

use super::{OURS, RIGHT, ask_me, end, is_problem, log_in, send, show};
use crate::support::{SocketServer, TestApp, protocol};

const HOST: (&str, &str) = ("host", "strategos.example");
const OUR_ORIGIN: (&str, &str) = ("origin", "https://strategos.example");
const EVIL: (&str, &str) = ("origin", "https://evil.example");
const CROSS_SITE: (&str, &str) = ("sec-fetch-site", "cross-site");

#[tokio::test]
async fn a_cookie_counts_only_on_requests_of_our_own_page() {
    let app = TestApp::start().await;
    let cookie = log_in(&app).await;
    let cookie = ("cookie", cookie.as_str());
    for (more, status) in [
        (OURS, 200),
        (("sec-fetch-site", "none"), 200),
        (OUR_ORIGIN, 200),
        (EVIL, 401),
        (("origin", "null"), 401),
        (CROSS_SITE, 401),
        (("sec-fetch-site", "same-site"), 401),
        // Nothing that tells
        (("accept", "*/*"), 401),
    ] {
        let answer = ask_me(&app, &[HOST, cookie, more]).await;
        assert_eq!(answer.status, status, "{more:?}");
    }
    // A form cannot send JSON, wherever it is
    let form = Request::post("/graphql").header("content-type", "text/plain");
    let form = send(&app, form, &[HOST, cookie, EVIL], super::ME).await;
    assert_eq!(form.status, 401);
    // Reading changes nothing, and its answer is not shown to other origins
    let query = Request::get("/graphql?query=%7Bme%7Bname%7D%7D");
    assert_eq!(send(&app, query, &[HOST, cookie], "").await.status, 200);
}

#[tokio::test]
async fn a_bearer_is_nobodys_cookie() {
    let app = TestApp::start().await;
    let bearer = app.bearer();
    let answer = ask_me(&app, &[HOST, ("authorization", &bearer), EVIL]).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn others_can_neither_log_in_nor_out() {
    let app = TestApp::start().await;
    for from in [EVIL, CROSS_SITE] {
        let request = Request::post("/api/v1/session").header("content-type", "application/json");
        let begun = send(&app, request, &[HOST, from], RIGHT).await;
        is_problem(&begun, 403, "Pages of other origins may not log in");
        assert_eq!(begun.header("set-cookie"), None);
    }
    let cookie = log_in(&app).await;
    for from in [EVIL, CROSS_SITE] {
        let ended = end(&app, &[HOST, ("cookie", &cookie), from]).await;
        is_problem(&ended, 403, "Only a page of this origin may log out");
    }
    assert_eq!(show(&app, &cookie).await.status, 200);
}

#[tokio::test]
async fn a_socket_of_another_page_is_nobodys() {
    let app = TestApp::start().await;
    let server = SocketServer::start(&app).await;
    let cookie = log_in(&app).await.replace("__Host-", "");
    let cookie = ("cookie", cookie);
    let evil = ("origin", "https://evil.example".to_owned());
    let refused = server.connect(&[protocol(), cookie.clone(), evil]).await;
    assert_eq!(refused.err(), Some(403));
    // Without a word of where it comes from, the cookie does not count
    let ours = ("origin", format!("http://{}", server.address));
    let cross_site = ("sec-fetch-site", "cross-site".to_owned());
    for more in [vec![], vec![ours, cross_site]] {
        let headers = [vec![protocol(), cookie.clone()], more].concat();
        let mut client = server.connect(&headers).await.unwrap();
        client.say(json!({ "type": "connection_init" })).await;
        assert_eq!(client.closed().await, 4403);
    }
}
