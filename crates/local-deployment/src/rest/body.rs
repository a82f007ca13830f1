use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// A JSON body, whatever its content type says: OpenVidu's own client sends several. A body that is absent
/// or null counts as `{}`.
#[derive(Debug)]
pub(super) struct JsonBody<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let body = Bytes::from_request(request, state).await.map_err(Failure::Body)?;
        let body = match body.trim_ascii() {
            b"" | b"null" => b"{}",
            body => body,
        };
        // serde would take a list for a struct as well.
        let body: serde_json::Map<_, _> = serde_json::from_slice(body)?;
        Ok(Self(serde_json::from_value(body.into())?))
    }
}
