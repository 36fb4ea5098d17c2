//! What comes in: forms, queries and paths. A wrong type, a doubled or an unknown field is a bad
//! request; a path that names nothing is not found.

use crate::error::Error;
use axum::{
    body::{Body, Bytes},
    extract::{
        FromRequest, FromRequestParts, Multipart, Request, multipart::MultipartError,
        rejection::PathRejection,
    },
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use axum_extra::extract::FormRejection;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

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

/// The fields of a form that may bring a file along. Browsers without a file input send plain fields, and so
/// may programs.
pub struct FormWithFile<T> {
    /// The fields.
    pub form: T,
    /// What the file holds, where one was chosen.
    pub file: Option<Bytes>,
}

impl<S, T> FromRequest<S> for FormWithFile<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let Form(form) = Form::from_request(request, state).await?;
            return Ok(Self { form, file: None });
        }
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|rejection| Error::BadRequest(rejection.to_string()))?;
        let (mut typed, mut file) = (Vec::new(), None);
        while let Some(part) = parts.next_field().await.map_err(unreadable_part)? {
            if part.file_name().is_some() {
                let bytes = part.bytes().await.map_err(unreadable_part)?;
                // A browser sends an empty one where none was chosen.
                file = file.or(Some(bytes).filter(|bytes| !bytes.is_empty()));
            } else {
                let name = part.name().unwrap_or_default().to_owned();
                typed.push((name, part.text().await.map_err(unreadable_part)?));
            }
        }
        Ok(Self { form: of_fields(typed).await?, file })
    }
}

/// A form of fields that came in parts, judged by the same rules as every other form.
pub(super) async fn of_fields<T: DeserializeOwned>(
    typed: Vec<(String, String)>,
) -> Result<T, Error> {
    let typed = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
    let mut fields = Request::new(Body::from(typed));
    *fields.method_mut() = Method::POST;
    let plain = HeaderValue::from_static("application/x-www-form-urlencoded");
    fields.headers_mut().insert(header::CONTENT_TYPE, plain);
    let Form(form) = Form::from_request(fields, &()).await?;
    Ok(form)
}

pub(super) fn unreadable_part(error: MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLong,
        _ => Error::BadRequest(error.body_text()),
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
