//! How often one may knock. Counted in the database, so that all nodes count together, and forgotten
//! soon after it limits nobody any more. The longest allowance is back within an hour and the chore comes
//! round every hour, so nothing here remembers an address for much longer than two.
//!
//! The measure is the generic cell rate algorithm (ITU-T I.371, annex A): each knock takes one place
//! of an allowance; places come back one by one, evenly. A row holds the time at which all places will
//! be back; a knock that is refused takes nothing.

mod store;

use crate::{
    error::{Error, Result},
    kit::MemberId,
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::net::{IpAddr, Ipv6Addr};
use time::{Duration, OffsetDateTime};

pub(crate) use store::forget_free;

/// So many at once, and one more each time the wait has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What it is for: part of the subject's name.
    pub name: &'static str,
    /// Knocks that may come together.
    pub at_once: i32,
    /// In so many seconds one place comes back.
    pub seconds_each: i32,
}

/// Guesses at one account's password, from wherever they come.
pub const SIGN_IN: Allowance = Allowance { name: "sign_in", at_once: 10, seconds_each: 60 };

/// Guesses at one account's second factor, from wherever they come.
pub const SECOND_STEP: Allowance = Allowance { name: "second_step", at_once: 10, seconds_each: 60 };

/// Mails to one account that anybody may ask for.
pub const RESET_MAIL: Allowance =
    Allowance { name: "reset_mail", at_once: 3, seconds_each: 20 * 60 };

/// Mails to one address that anybody may ask for and nobody has proved to be theirs.
pub const UNPROVED_MAIL: Allowance =
    Allowance { name: "unproved_mail", at_once: 5, seconds_each: 12 * 60 };
/// Mails that prove the address of one application.
pub const CONFIRM_MAIL: Allowance =
    Allowance { name: "confirm_mail", at_once: 3, seconds_each: 20 * 60 };

/// Sign-ups from all networks together; more than these are an attack.
pub const ALL_SIGN_UPS: Allowance = Allowance { name: "sign_up", at_once: 20, seconds_each: 30 };

/// Whether no place is free for this subject.
///
/// # Errors
/// Those of the database.
pub async fn is_full(
    db: &mut PgConnection,
    allowance: Allowance,
    subject: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let subject = format!("{}:{subject}", allowance.name);
    let each = f64::from(allowance.seconds_each);
    let most = each * f64::from(allowance.at_once);
    let free_at = store::free_at(db, &subject).await?;
    Ok(free_at.is_some_and(|free_at| free_at + Duration::seconds_f64(each - most) > now))
}

/// Takes a place for this subject, from an allowance of its own.
///
/// # Errors
/// [`Error::TooFast`] where none is free; those of the database.
pub async fn take(
    db: &mut PgConnection,
    allowance: Allowance,
    subject: &str,
    now: OffsetDateTime,
) -> Result<()> {
    let subject = format!("{}:{subject}", allowance.name);
    let each = f64::from(allowance.seconds_each);
    let most = each * f64::from(allowance.at_once);
    if store::take(db, &subject, each, most, now).await? {
        return Ok(());
    }
    // Free again in the meantime: as good as at once.
    let free_at = store::free_at(db, &subject).await?.unwrap_or(now);
    let wait = free_at + Duration::seconds_f64(each - most) - now;
    Err(Error::TooFast { wait: wait.max(Duration::SECOND) })
}

/// A member, as the subject of an allowance.
pub fn member(id: MemberId) -> String {
    format!("member {id}")
}

/// Something typed, such as an address for mail, of which no words are kept.
pub fn typed(words: &str) -> String {
    BASE64.encode(Sha256::digest(words.trim().to_lowercase()))
}

/// Whoever is behind this address: an IPv4 address, or the IPv6 network of 64 bits that one household
/// gets (RFC 6177).
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("network {address}"),
        IpAddr::V6(address) => {
            format!("network {}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
