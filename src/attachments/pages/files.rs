//! Attachments as they are sent: never as a page of this site, whatever is in them.

use crate::{
    app::App,
    attachments::{
        attachment::Kind,
        views::{self, Sendable},
    },
    error::{Error, Result},
    kit::AttachmentId,
    members::Viewer,
    storage::Hash,
    web::{self, Path},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::ops::Range;

/// Nothing in it runs, loads anything, or is of this site's origin.
const POLICY: &str = "default-src 'none'; sandbox";

/// What may stand as it is in `filename*` (RFC 8187).
const IN_NAMES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// All of an attachment, or the range of it that was asked for.
pub(in crate::attachments) async fn whole(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<AttachmentId>,
) -> Result<Response> {
    let found = door(&app, &viewer, id).await?;
    let content = found.whole().ok_or(Error::NotFound)?;
    let mut response = send(&app, content, &found.media_type, &headers).await?;
    let disposition = match found.kind {
        Kind::Picture | Kind::Animation => "inline",
        Kind::File => "attachment",
    };
    let name = utf8_percent_encode(&found.name, IN_NAMES);
    let disposition = format!("{disposition}; filename*=UTF-8''{name}");
    let value = HeaderValue::from_str(&disposition).map_err(anyhow::Error::from)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    Ok(response)
}

/// One of the smaller pictures.
pub(in crate::attachments) async fn smaller(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    Path((id, size)): Path<(AttachmentId, String)>,
) -> Result<Response> {
    let found = door(&app, &viewer, id).await?;
    let content = match size.as_str() {
        "small" => found.small(),
        "medium" => found.medium(),
        _ => None,
    };
    let (hash, bytes) = content.ok_or(Error::NotFound)?;
    let media_type = match found.hash.as_slice() == hash.as_bytes() {
        true => found.media_type,
        false => media_type_of(&app, hash).await?.to_owned(),
    };
    send(&app, (hash, bytes), &media_type, &headers).await
}

async fn door(app: &App, viewer: &Viewer, id: AttachmentId) -> Result<Sendable> {
    let mut db = app.db.acquire().await?;
    views::readable(&mut db, viewer.key(), id).await?.ok_or(Error::NotFound)
}

/// A smaller picture is one of two kinds, and says by its first byte which.
async fn media_type_of(app: &App, hash: Hash) -> Result<&'static str> {
    use futures_util::StreamExt;
    let mut first = app.blobs.open(hash, 0..1).await.map_err(anyhow::Error::from)?;
    let first = first.next().await.transpose().map_err(anyhow::Error::from)?;
    Ok(match first.as_deref() {
        Some([0x89]) => "image/png",
        _ => "image/jpeg",
    })
}

async fn send(
    app: &App,
    (hash, bytes): (Hash, u64),
    media_type: &str,
    asked: &HeaderMap,
) -> Result<Response> {
    let tag = format!("\"{}\"", &hash.to_string()[..32]);
    let tag_header = HeaderValue::from_str(&tag).map_err(anyhow::Error::from)?;
    if web::is_known(asked, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag_header)]).into_response());
    }
    let same = asked.get(header::IF_RANGE).is_none_or(|of| of.as_bytes() == tag.as_bytes());
    let range = asked.get(header::RANGE).filter(|_| same).and_then(|range| range.to_str().ok());
    let (status, range) = match range.and_then(|range| wanted(range, bytes)) {
        None => (StatusCode::OK, 0..bytes),
        Some(Some(range)) => (StatusCode::PARTIAL_CONTENT, range),
        Some(None) => {
            let all = format!("bytes */{bytes}");
            return Ok(
                (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, all)]).into_response()
            );
        }
    };
    let stream = app.blobs.open(hash, range.clone()).await.map_err(anyhow::Error::from)?;
    let mut response = (status, Body::from_stream(stream)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag_header);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    let media_type = HeaderValue::from_str(media_type).map_err(anyhow::Error::from)?;
    headers.insert(header::CONTENT_TYPE, media_type);
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{bytes}", range.start, range.end - 1);
        let part = HeaderValue::from_str(&part).map_err(anyhow::Error::from)?;
        headers.insert(header::CONTENT_RANGE, part);
    }
    Ok(response)
}

/// The range a header asks for: none where it is no range of ours to read (several, or nonsense), and none
/// inside where it lies behind the end.
fn wanted(header: &str, bytes: u64) -> Option<Option<Range<u64>>> {
    let (from, to) = header.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() {
        let last: u64 = to.parse().ok()?;
        return Some((last > 0).then(|| bytes.saturating_sub(last)..bytes));
    }
    let from: u64 = from.parse().ok()?;
    let to: u64 = if to.is_empty() { bytes } else { to.parse::<u64>().ok()?.saturating_add(1) };
    if to <= from && from < bytes {
        return None;
    }
    Some((from < bytes).then(|| from..to.min(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        for (header, range) in [
            ("bytes=0-0", Some(Some(0..1))),
            ("bytes=2-", Some(Some(2..10))),
            ("bytes=2-99", Some(Some(2..10))),
            ("bytes=-3", Some(Some(7..10))),
            ("bytes=-99", Some(Some(0..10))),
            ("bytes=10-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=5-2", None),
            ("bytes=0-1,4-5", None),
            ("lines=0-1", None),
            ("bytes=x-", None),
        ] {
            assert_eq!(wanted(header, 10), range, "{header}");
        }
    }
}
