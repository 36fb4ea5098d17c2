use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer};
use std::{fmt, str::FromStr};
use time::{OffsetDateTime, macros::datetime};

/// After everything that is in a list.
const LATEST: OffsetDateTime = datetime!(9999-12-31 0:00 UTC);

/// A place in a list ordered by a number (a time in microseconds, a count) and then by id.
///
/// Opaque in addresses, so that nobody builds on its shape. Lists ask for what lies beyond a
/// cursor instead of counting rows off the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key of the row.
    pub key: i64,
    /// The row's id, which breaks ties.
    pub id: i64,
}

impl Cursor {
    /// The key as a time. Cursors come from the address bar: what PostgreSQL could not hold is brought back
    /// to what it can.
    pub fn time(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.key.max(0)) * 1_000)
            .unwrap_or(LATEST)
    }

    /// The time from which on a list is read: the cursor's, or from its beginning.
    pub fn time_or_latest(cursor: Option<Self>) -> OffsetDateTime {
        cursor.map_or(LATEST, Self::time)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.key.to_be_bytes());
        bytes[8..].copy_from_slice(&self.id.to_be_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bytes: [u8; 16] = URL_SAFE_NO_PAD
            .decode(s)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or("not a place in this list")?;
        let (key, id) = bytes.split_at(8);
        Ok(Self { key: number(key), id: number(id) })
    }
}

fn number(bytes: &[u8]) -> i64 {
    bytes.iter().fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte))
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_survives_the_address_bar(key: i64, id: i64) {
            let cursor = Cursor { key, id };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = text.parse::<Cursor>();
        }
    }
}
