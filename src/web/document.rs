use crate::error::Result;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// What programs read rather than people: a feed, a sitemap. Whoever has it already is told so.
pub struct Document {
    /// With its character set.
    pub media_type: &'static str,
    /// All of it.
    pub text: String,
}

impl Document {
    /// The answer: the text under a tag made of it, or 304 to whom has it under this tag (RFC 9110, section 13).
    ///
    /// # Errors
    /// None that a tag of this form can cause.
    pub fn answer(self, asked: &HeaderMap) -> Result<Response> {
        let hash = Sha256::digest(self.text.as_bytes());
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        // Weak: the same text goes out packed or not.
        let tag = format!("W/\"{hash}\"");
        let etag = HeaderValue::from_str(&tag).map_err(anyhow::Error::from)?;
        if is_known(asked, &tag) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
        }
        let media_type = HeaderValue::from_static(self.media_type);
        Ok(([(header::CONTENT_TYPE, media_type), (header::ETAG, etag)], self.text).into_response())
    }
}

/// Whether who asks has this version already. Tags are compared weakly, as `If-None-Match` wants it.
pub fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|each| opaque(each) == opaque(tag)))
}
