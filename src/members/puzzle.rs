//! A puzzle that costs a browser about a second, and a program that signs up by the thousand as many of them.
//!
//! What is handed out is sealed and holds when it ends, so that the server keeps nothing of it; only that one
//! was solved and used is noted, until it would have ended anyway. It comes in parts, because the sum of many
//! small ones takes much the same time for everybody.

use crate::sealing::{Owner, Sealer};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

/// Parts of a puzzle.
pub(super) const PARTS: u32 = 16;

/// Bits that are zero where a part is solved. A phone tries some hundred thousand numbers in a second, and
/// this takes 131,072 on average.
pub(super) const BITS: u32 = 13;

/// A form is filled in within this time.
const LASTS: Duration = Duration::HOUR;

const OWNER: Owner = Owner { purpose: "sign_up_puzzle", id: 0 };

/// A puzzle that was solved: what tells it from others, and until when it is to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solved {
    pub(super) mark: Vec<u8>,
    pub(super) expires_at: OffsetDateTime,
}

/// What a form brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Work {
    Solved(Solved),
    /// The puzzle is good, and nothing was tried: there was no script.
    Untried,
    /// There was no puzzle, it is too old, or it is not solved.
    Wrong,
}

/// A puzzle that is handed out now.
///
/// # Errors
/// There is no key.
pub(super) fn draw(sealer: &Sealer, now: OffsetDateTime) -> anyhow::Result<String> {
    // Two that are handed out at once differ by the seal.
    let ends = (now + LASTS).unix_timestamp().to_be_bytes();
    Ok(URL_SAFE_NO_PAD.encode(sealer.seal(OWNER, &ends)?))
}

/// Judges what came back.
pub(super) fn judge(sealer: &Sealer, puzzle: &str, work: &str, now: OffsetDateTime) -> Work {
    let Some(expires_at) = ends(sealer, puzzle).filter(|ends| *ends > now) else {
        return Work::Wrong;
    };
    if work.is_empty() {
        return Work::Untried;
    }
    let seed: [u8; 32] = Sha256::digest(puzzle.as_bytes()).into();
    let numbers: Option<Vec<u32>> = work.split('.').map(|number| number.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() == PARTS as usize);
    let fits = |(part, number): (usize, &u32)| fits(&seed, part as u32, *number);
    match numbers {
        Some(numbers) if numbers.iter().enumerate().all(fits) => {
            Work::Solved(Solved { mark: seed.to_vec(), expires_at })
        }
        _ => Work::Wrong,
    }
}

fn ends(sealer: &Sealer, puzzle: &str) -> Option<OffsetDateTime> {
    let sealed = URL_SAFE_NO_PAD.decode(puzzle).ok()?;
    let opened = sealer.open(OWNER, &sealed).ok()?;
    let ends = i64::from_be_bytes(opened.expose_secret().try_into().ok()?);
    OffsetDateTime::from_unix_timestamp(ends).ok()
}

fn fits(seed: &[u8; 32], part: u32, number: u32) -> bool {
    let hash = Sha256::new()
        .chain_update(seed)
        .chain_update(part.to_be_bytes())
        .chain_update(number.to_be_bytes())
        .finalize();
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) >> (32 - BITS) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(puzzle: &str) -> String {
        let seed: [u8; 32] = Sha256::digest(puzzle.as_bytes()).into();
        let number = |part| (0..).find(|number| fits(&seed, part, *number)).unwrap_or_default();
        (0..PARTS).map(|part| number(part).to_string()).collect::<Vec<_>>().join(".")
    }

    #[test]
    fn only_a_puzzle_of_ours_that_is_solved_in_time_counts() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let (sealer, other) =
            (Sealer::with_key(&[7; 32]).unwrap(), Sealer::with_key(&[8; 32]).unwrap());
        let puzzle = draw(&sealer, now).unwrap();
        let work = solve(&puzzle);

        let solved = judge(&sealer, &puzzle, &work, now);
        assert!(matches!(solved, Work::Solved(_)));
        assert_eq!(judge(&sealer, &puzzle, "", now), Work::Untried);
        assert_eq!(judge(&other, &puzzle, &work, now), Work::Wrong);
        assert_eq!(judge(&sealer, &puzzle, &work, now + LASTS), Work::Wrong);
        assert_eq!(judge(&sealer, &draw(&sealer, now).unwrap(), &work, now), Work::Wrong);
        let less = work.rsplit_once('.').unwrap().0;
        for wrong in ["0", less, &format!("{work}.0"), &work.replace('.', ",")] {
            assert_eq!(judge(&sealer, &puzzle, wrong, now), Work::Wrong, "{wrong}");
        }
        assert_eq!(judge(&sealer, "", "", now), Work::Wrong);
    }
}
