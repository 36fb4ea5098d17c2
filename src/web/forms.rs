//! What comes in: forms, queries and paths. A wrong type, a doubled or an unknown field is a bad
//! request; a path that names nothing is not found.

use crate::error::Error;
use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::PathRejection},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
use axum_extra::extract::FormRejection;
use serde::de::DeserializeOwned;

/// The fields of a form.
pub struct Form<T>(pub T);

impl<S, T> FromRequest<S> for Form<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        match axum_extra::extract::Form::<T>::from_request(request, state).await {
            Ok(axum_extra::extract::Form(form)) => Ok(Self(form)),
            Err(rejection) => Err(unreadable(rejection)),
        }
    }
}

fn unreadable(rejection: FormRejection) -> Error {
    let words = rejection.to_string();
    match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLong,
        _ => Error::BadRequest(words),
    }
}

/// The part of an address after the question mark.
pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match axum_extra::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum_extra::extract::Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(Error::BadRequest(rejection.to_string())),
        }
    }
}

/// The parameters in a path. No name holds the null character, which PostgreSQL would not even take.
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if parts.uri.path().contains("%00") {
            return Err(Error::NotFound);
        }
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(path)) => Ok(Self(path)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(Error::NotFound),
            Err(rejection) => Err(Error::Internal(rejection.into())),
        }
    }
}
