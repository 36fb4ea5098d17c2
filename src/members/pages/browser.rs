use crate::{
    app::App,
    members::{device::Device, session::Browser},
    web,
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use std::convert::Infallible;

impl FromRequestParts<App> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let described = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            device: described.map_or_else(Device::default, Device::described),
            presented: web::secret_of(app, &parts.headers),
        })
    }
}
