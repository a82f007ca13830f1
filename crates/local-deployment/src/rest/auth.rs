use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use openvidu_protocol::rest::USER;

use super::Rest;

/// Lets only those through who have the secret.
pub(super) async fn require(State(rest): State<Rest>, request: Request, next: Next) -> Response {
    if is_authorized(request.headers(), &rest) {
        next.run(request).await
    } else {
        let challenge = [(header::WWW_AUTHENTICATE, "Basic realm=\"OpenVidu\"")];
        (StatusCode::UNAUTHORIZED, challenge).into_response()
    }
}

fn is_authorized(headers: &HeaderMap, rest: &Rest) -> bool {
    let credentials = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, encoded)| BASE64_STANDARD.decode(encoded.trim()).ok());
    let Some(credentials) = credentials else {
        return false;
    };
    let colon = credentials.iter().position(|&byte| byte == b':');
    let Some((user, password)) = colon.and_then(|colon| credentials.split_at_checked(colon)) else {
        return false;
    };
    // The password still has the colon in front.
    user == USER.as_bytes()
        && password
            .strip_prefix(b":")
            .is_some_and(|password| rest.secret.matches(password))
}
