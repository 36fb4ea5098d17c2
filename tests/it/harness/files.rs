//! Pictures made on the spot, and the way of uploads with a script.

use super::{answer::Answer, client::Client};
use axum::http::Method;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use std::time::Duration;

/// A photograph: its left half red, its right half blue.
pub(crate) fn photograph(width: u32, height: u32) -> Vec<u8> {
    let half = width / 2;
    let picture = RgbImage::from_fn(width, height, |x, _| match x < half {
        true => Rgb([220, 20, 20]),
        false => Rgb([20, 20, 220]),
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .write_image(&picture, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

impl Client {
    /// Begins an upload, as the composer's script does.
    pub(crate) async fn begin_upload(&self, name: &str, bytes: usize) -> Answer {
        self.post("/uploads", &[("name", name), ("bytes", &bytes.to_string())]).await
    }

    /// Sends a piece of one.
    pub(crate) async fn send_piece(&self, upload: &str, at: usize, piece: &[u8]) -> Answer {
        let ask = self.ask(Method::POST, &format!("{upload}?at={at}"));
        ask.body("application/octet-stream", piece).send().await
    }

    /// Uploads a file in one piece and says what came of it.
    pub(crate) async fn try_upload(&self, name: &str, content: &[u8]) -> Answer {
        let begun = self.begin_upload(name, content.len()).await;
        if begun.status != 201 {
            return begun;
        }
        let address = begun.json()["url"].as_str().unwrap().to_owned();
        let mut answer = begun;
        for (number, piece) in content.chunks(1 << 20).enumerate() {
            answer = self.send_piece(&address, number << 20, piece).await;
        }
        // Where others decode large pictures one comes again, as the composer does.
        for _ in 0..30 {
            if answer.status != 503 {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
            answer = self.send_piece(&address, content.len(), b"").await;
        }
        answer
    }

    /// Uploads a file; returns its address.
    pub(crate) async fn upload(&self, name: &str, content: &[u8]) -> String {
        let answer = self.try_upload(name, content).await.expect(200);
        answer.json()["attachment"]["url"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    /// The body, which is JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
}

/// A moving picture of so many frames, all of another grey.
pub(crate) fn moving(width: u16, height: u16, frames: usize) -> Vec<u8> {
    use image::{Delay, Frame, RgbaImage, codecs::gif::GifEncoder};
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for number in 0..frames {
        let grey = (number * 40 % 256) as u8;
        let picture = RgbaImage::from_pixel(
            width.into(),
            height.into(),
            image::Rgba([grey, grey, grey, 255]),
        );
        let delay = Delay::from_numer_denom_ms(100, 1);
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
    }
    drop(encoder);
    bytes
}
