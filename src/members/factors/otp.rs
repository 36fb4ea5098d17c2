//! Codes of an app (RFC 6238): six digits, another every half minute.

use crate::{
    kit::MemberId,
    sealing::{DoesNotOpen, Owner, Sealer},
};
use anyhow::{Result, anyhow};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use qrcode::{QrCode, render::svg};
use secrecy::{ExposeSecret, SecretSlice};
use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};

/// What an app makes its codes of: 160 bits, as RFC 4226 recommends.
pub(in crate::members) struct Seed(SecretSlice<u8>);

impl Seed {
    pub(in crate::members) fn random() -> Self {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(SecretSlice::from(bytes.to_vec()))
    }

    pub(in crate::members) fn seal(&self, sealer: &Sealer, member: MemberId) -> Result<Vec<u8>> {
        sealer.seal(owner(member), self.0.expose_secret())
    }

    pub(in crate::members) fn open(
        sealer: &Sealer,
        member: MemberId,
        sealed: &[u8],
    ) -> Result<Self, DoesNotOpen> {
        sealer.open(owner(member), sealed).map(Self)
    }

    /// The half minute whose code this is: the present one, the one before or the next, for clocks differ.
    pub(in crate::members) fn step_of(
        &self,
        code: &str,
        now: OffsetDateTime,
    ) -> Result<Option<i64>> {
        let time = u64::try_from(now.unix_timestamp())?;
        let step = self.totp("Candor", "member")?.check(code, time);
        Ok(step.map(i64::try_from).transpose()?)
    }

    /// How somebody types it into an app, in groups of four.
    pub(in crate::members) fn words(&self) -> String {
        let text = Secret::from(self.0.expose_secret()).to_base32();
        let groups: Vec<String> = text
            .as_bytes()
            .chunks(4)
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect();
        groups.join(" ")
    }

    /// The same as a picture that an app reads, for an `img`.
    pub(in crate::members) fn picture(&self, community: &str, handle: &str) -> Result<String> {
        // A colon would end the name of the community in the address that apps read.
        let community = community.replace(':', " ");
        let url = self.totp(&community, handle)?.to_url().map_err(|error| anyhow!("{error}"))?;
        let svg = QrCode::new(url)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
        Ok(format!("data:image/svg+xml;base64,{}", BASE64.encode(svg)))
    }

    fn totp(&self, community: &str, handle: &str) -> Result<Totp> {
        Builder::new()
            .with_secret(Secret::from(self.0.expose_secret()))
            .with_issuer(Some(community))
            .with_account_name(handle)
            .build()
            .map_err(|error| anyhow!("{error}"))
    }
}

fn owner(member: MemberId) -> Owner {
    Owner { purpose: "totp_seeds.seed", id: member.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    /// The seed and a code of RFC 6238, appendix B, of which apps show the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = Seed(SecretSlice::from(b"12345678901234567890".to_vec()));
        let at = |seconds: i64| OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds);

        assert_eq!(seed.step_of("287082", at(59)).unwrap(), Some(1));
        assert_eq!(seed.step_of("081804", at(1_111_111_109)).unwrap(), Some(37_037_036));
        assert_eq!(seed.words(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_step_late() {
        let seed = Seed(SecretSlice::from(b"12345678901234567890".to_vec()));
        let good = |seconds: i64| {
            let at = OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds);
            seed.step_of("287082", at).unwrap().is_some()
        };

        assert!(good(0) && good(30) && good(89));
        assert!(!good(90) && !good(600));
    }
}
