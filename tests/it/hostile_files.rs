//! Files that were made to do harm, and what pictures tell of who took them.

use crate::harness::{Client, World, moving, photograph};
use image::{ImageEncoder, RgbaImage, codecs::png::PngEncoder};
use std::time::Duration;

/// A PNG that says it has these sides, and holds nothing.
fn hollow_png(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [head, b"IDAT\x78\x9c\x03\x00\x00\x00\x00\x01".to_vec(), b"IEND".to_vec()] {
        png.extend((chunk.len() as u32 - 4).to_be_bytes());
        png.extend(&chunk);
        png.extend(crc(&chunk).to_be_bytes());
    }
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn png(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    let color = image::ExtendedColorType::Rgba8;
    PngEncoder::new(&mut bytes).write_image(picture, width, height, color).unwrap();
    bytes
}

/// A segment with EXIF: turned a quarter to the right, by this maker, at this place.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let head = [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes()].concat();
        [head, value.to_vec()].concat()
    };
    let at = |offset: u32| offset.to_be_bytes();
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    // Maker, orientation, and where the place stands; each follows the entries.
    tiff.extend(entry(0x010f, 2, 8, at(50)));
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, at(58)));
    tiff.extend([0; 4]);
    tiff.extend(b"zqmaker\0");
    // The place: north, and 52 degrees, 31 minutes, 12 seconds.
    tiff.extend([0, 2]);
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, at(88)));
    tiff.extend([0; 4]);
    tiff.extend(PLACE);
    segment(0xe1, &tiff)
}

/// A latitude, as cameras write it.
const PLACE: &[u8] = b"\0\0\0\x34\0\0\0\x01\0\0\0\x1f\0\0\0\x01\0\0\0\x0c\0\0\0\x01";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xff, marker];
    segment.extend((content.len() as u16 + 2).to_be_bytes());
    segment.extend(content);
    segment
}

/// The photograph with these segments behind its first two bytes.
fn tagged(photograph: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = photograph[..2].to_vec();
    bytes.extend(segments.concat());
    bytes.extend(&photograph[2..]);
    bytes
}

async fn refused(client: &Client, name: &str, content: &[u8]) -> String {
    let answer = client.try_upload(name, content).await.expect(422);
    answer.json()["problem"].as_str().unwrap().to_owned()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_picture_is_turned_the_right_way_up_and_tells_nothing_of_who_took_it() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut taken = tagged(
        &photograph(1400, 700),
        &[
            exif(),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>zqxmp</x:xmpmeta>"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01zqprofile"),
            segment(0xed, b"Photoshop 3.0\08BIMzqiptc"),
            segment(0xfe, b"zqcomment"),
        ],
    );
    taken.extend(b"zqtrailer PK\x03\x04 <script>alert(1)</script>");

    let file = ada.upload("zq.jpg", &taken).await;

    for (size, sides) in [("", (700, 1400)), ("/medium", (700, 1400)), ("/small", (480, 960))] {
        let sent = ada.get(&format!("{file}{size}")).await.expect(200).bytes;
        for part in [
            "zqmaker",
            "zqxmp",
            "zqprofile",
            "zqiptc",
            "zqcomment",
            "zqtrailer",
            "Exif",
            "adobe",
            "script",
        ] {
            assert!(!holds(&sent, part.as_bytes()), "{part} in {size}");
        }
        assert!(holds(&taken, PLACE) && !holds(&sent, PLACE), "the place in {size}");
        let picture = image::load_from_memory(&sent).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), sides);
        // Turned to the right, what was left is above.
        let (above, below) = (picture.get_pixel(200, 100), picture.get_pixel(200, sides.1 - 100));
        assert!(above.0[0] > 180 && below.0[2] > 180, "{above:?} {below:?}");
    }
}

/// A chunk of a PNG.
fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let named = [name, content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// A part of a WebP picture.
fn riff(name: &[u8], content: &[u8]) -> Vec<u8> {
    let padding = vec![0; content.len() % 2];
    [name, &(content.len() as u32).to_le_bytes(), content, &padding].concat()
}

fn webp(parts: &[Vec<u8>]) -> Vec<u8> {
    riff(b"RIFF", &[b"WEBP".to_vec(), parts.concat()].concat())
}

/// The picture alone of a WebP, as its encoder wrote it.
fn drawn_webp(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([200, 30, 30]));
    image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)
        .encode(&picture, side, side, image::ExtendedColorType::Rgb8)
        .unwrap();
    bytes[12..].to_vec()
}

/// Sizes, one less, in three bytes each.
fn sides(side: u32) -> Vec<u8> {
    [&(side - 1).to_le_bytes()[..3], &(side - 1).to_le_bytes()[..3]].concat()
}

#[tokio::test]
async fn other_pictures_tell_nothing_either_and_a_moving_one_moves_on() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let plain = png(&RgbaImage::from_pixel(40, 30, image::Rgba([9, 90, 200, 255])));
    let mut told = plain[..33].to_vec();
    told.extend(chunk(b"eXIf", &exif()[10..]));
    told.extend(chunk(b"tEXt", b"Author\0zqauthor"));
    told.extend(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0zqxmp"));
    told.extend(&plain[33..]);
    told.extend(b"zqtrailer");
    let drawn = drawn_webp(40);
    let frame =
        [vec![0; 6], sides(40), vec![100, 0, 0, 0], drawn.clone(), riff(b"zqfr", b"zqframe")];
    let frame = riff(b"ANMF", &frame.concat());
    let head = |flags: u8| riff(b"VP8X", &[vec![flags, 0, 0, 0], sides(40)].concat());
    let (meta, xmp) = (riff(b"EXIF", &exif()[10..]), riff(b"XMP ", b"zqxmp"));
    let turns = riff(b"ANIM", &[0; 6]);
    let still = webp(&[head(0x0c), drawn, meta.clone(), xmp.clone()]);
    let moves = webp(&[head(0x0e), turns, frame.clone(), frame, meta, xmp]);

    for (name, kind, content) in
        [("a.png", "png", told), ("a.webp", "png", still), ("b.webp", "webp", moves)]
    {
        let file = ada.upload(name, &content).await;
        let sent = ada.get(&file).await.expect(200);
        assert_eq!(sent.header("content-type"), format!("image/{kind}"), "{name}");
        for part in ["zqmaker", "zqauthor", "zqxmp", "zqtrailer", "zqframe", "EXIF", "eXIf"] {
            assert!(!holds(&sent.bytes, part.as_bytes()), "{part} in {name}");
        }
        assert!(holds(&content, PLACE) && !holds(&sent.bytes, PLACE), "the place in {name}");
        if name == "b.webp" {
            let decoder = image::codecs::webp::WebPDecoder::new(std::io::Cursor::new(&sent.bytes));
            let frames = image::AnimationDecoder::into_frames(decoder.unwrap());
            assert_eq!(frames.collect_frames().unwrap().len(), 2);
        }
    }
}

#[tokio::test]
async fn bombs_are_refused_before_they_are_decoded() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    // 1.3 MB of zeros, packed into little: 20 000 by 20 000 pixels.
    let bombs = [
        ("png", hollow_png(20_000, 20_000)),
        ("wide", hollow_png(u32::MAX >> 1, 1)),
        ("pixels", hollow_png(8_000, 8_000)),
    ];

    for (name, bomb) in bombs {
        let said = refused(&ada, &format!("{name}.png"), &bomb).await;
        assert!(
            said.contains("more than 40 megapixels") || said.contains("damaged"),
            "{name}: {said}"
        );
    }
    for (name, lively) in
        [("frames.gif", moving(2, 2, 601)), ("large.gif", resized_gif(&moving(2, 2, 2), 60_000))]
    {
        let said = refused(&ada, name, &lively).await;
        assert!(said.contains("too many or too large moving pictures"), "{said}");
    }
    assert_eq!(world.app.blobs.parts().await.unwrap(), 0, "what is refused is gone");
}

/// The same that says of itself it is this large.
fn resized_gif(gif: &[u8], side: u16) -> Vec<u8> {
    let mut gif = gif.to_vec();
    gif[6..8].copy_from_slice(&side.to_le_bytes());
    gif[8..10].copy_from_slice(&side.to_le_bytes());
    gif
}

#[tokio::test]
async fn what_is_no_picture_is_not_taken_for_one() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let whole = photograph(400, 300);
    let moves = moving(20, 20, 3);
    let svg =
        b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";

    assert!(refused(&ada, "a.svg", svg).await.contains("SVG drawing"));
    assert!(refused(&ada, "a.png", svg).await.contains("SVG drawing"));
    for (name, content) in [
        ("page.jpg", &b"<!doctype html><script>alert(1)</script>"[..]),
        ("heif.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0"),
        ("program.jpg", b"MZ\x90\0\x03\0\0\0"),
        ("icon.png", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0"),
        ("tiff.jpg", b"II*\0\x08\0\0\0\0\0"),
    ] {
        assert!(refused(&ada, name, content).await.contains("of a kind that cannot"), "{name}");
    }
    for (name, content) in [
        ("half.jpg", &whole[..whole.len() / 2]),
        ("start.jpg", &whole[..200]),
        ("half.gif", &moves[..moves.len() - 20]),
        ("start.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"),
        ("start.webp", b"RIFF\xff\0\0\0WEBPVP8X"),
        // Its own end stands in a thumbnail, and not at the end.
        ("thumb.jpg", &tagged(&whole[..whole.len() / 2], &[segment(0xe1, b"\xff\xd8\xff\xd9")])),
    ] {
        assert!(refused(&ada, name, content).await.contains("damaged or not complete"), "{name}");
    }
}

#[tokio::test]
async fn a_moving_picture_keeps_its_frames_and_nothing_else_and_stands_still_until_asked() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut gif = moving(60, 40, 4);
    gif.pop();
    gif.extend(b"\x21\xfe\x09zqcomment\0\x21\xff\x0bXMP DataXMP\x05zqxmp\0;zqtrailer");

    let file = ada.upload("a.gif", &gif).await;
    let thread = ada.start("help", "Lamp flickers at night", &format!("![a]({file})")).await;

    let sent = ada.get(&file).await.expect(200);
    assert_eq!(sent.header("content-type"), "image/gif");
    for part in ["zqcomment", "zqxmp", "zqtrailer"] {
        assert!(!holds(&sent.bytes, part.as_bytes()), "{part}");
    }
    let frames = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&sent.bytes)).unwrap();
    assert_eq!(image::AnimationDecoder::into_frames(frames).count(), 4);
    for size in ["small", "medium"] {
        let still = ada.get(&format!("{file}/{size}")).await.expect(200);
        assert_eq!(still.header("content-type"), "image/jpeg");
    }
    let read = ada.get(&thread.url).await.text;
    assert!(read.contains("class=\"picture picture--moving\"><img"), "{read}");
    assert!(!read.contains(&format!("{file} ")), "the page loads the still ones alone");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_picture_one_can_see_through_stays_so() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let clear = RgbaImage::from_fn(600, 400, |x, _| image::Rgba([200, 0, 0, (x % 256) as u8]));

    let file = ada.upload("a.png", &png(&clear)).await;

    for size in ["", "/small", "/medium"] {
        let sent = ada.get(&format!("{file}{size}")).await.expect(200);
        assert_eq!(sent.header("content-type"), "image/png", "{size}");
        assert!(
            image::load_from_memory(&sent.bytes).unwrap().to_rgba8().pixels().any(|p| p.0[3] < 30)
        );
    }
}

/// Five large pictures at once: each takes a few hundred megabytes to decode, and the process
/// never has more than one of them.
#[tokio::test]
async fn however_many_large_pictures_come_together_memory_is_that_of_one() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let large = photograph(6_000, 5_000);
    let mut addresses = Vec::new();
    for number in 0..5 {
        let name = format!("{number}.jpg");
        let begun = ada.begin_upload(&name, large.len()).await.expect(201).json();
        let address = begun["url"].as_str().unwrap().to_owned();
        ada.send_piece(&address, 0, &large[..1000]).await.expect(200);
        addresses.push(address);
    }
    let before = resident();
    let watch = std::thread::spawn(move || {
        let mut most = 0;
        for _ in 0..400 {
            most = most.max(resident());
            std::thread::sleep(Duration::from_millis(10));
        }
        most
    });

    let ends = addresses.iter().map(|address| ada.send_piece(address, 1000, &large[1000..]));
    for answer in futures_util::future::join_all(ends).await {
        assert!([200, 503].contains(&answer.status.as_u16()), "{}", answer.text);
    }

    let grown = watch.join().unwrap().saturating_sub(before);
    assert!(grown < 700, "{grown} MB more");
}

/// Megabytes this process has in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
