//! Something that holds a passkey, as a phone or a security key would: made by hand, so that it can also do
//! what real ones do not.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// One passkey and the device it lives in.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user: String,
    origin: String,
    /// Rises with each use, as long as nobody sets it.
    pub(crate) counter: u32,
    /// Whether it asks for a finger or a PIN.
    pub(crate) verifies: bool,
    /// Whether it says whose passkey it shows.
    pub(crate) says_whose: bool,
}

impl Authenticator {
    /// Makes a passkey as asked; returns what a browser would send of it.
    pub(crate) fn make(asked: &str, origin: &str) -> (Self, String) {
        let asked: Value = serde_json::from_str(asked).unwrap();
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let made = Self {
            id: Sha256::digest(key.public_key()).to_vec(),
            key,
            user: asked["user"]["id"].as_str().unwrap().to_owned(),
            origin: origin.to_owned(),
            counter: 1,
            verifies: true,
            says_whose: true,
        };
        let (x, y) = made.key.public_key().as_ref()[1..].split_at(32);
        let head = &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..];
        let cose = [head, x, &[0x22, 0x58, 32], y].concat();
        let length = u16::try_from(made.id.len()).unwrap().to_be_bytes();
        let data = made.data(asked["rp"]["id"].as_str().unwrap(), WITH_KEY);
        let data = [&data[..], &[0; 16], &length, &made.id, &cose].concat();
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let attestation =
            [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59", &length[..], &data].concat();
        let response = json!({
            "clientDataJSON": BASE64.encode(made.client_data("webauthn.create", &asked)),
            "attestationObject": BASE64.encode(attestation),
        });
        let credential = made.credential(response);
        (made, credential)
    }

    /// Shows the passkey as asked; returns what a browser would send of it.
    pub(crate) fn show(&mut self, asked: &str) -> String {
        let asked: Value = serde_json::from_str(asked).unwrap();
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", &asked);
        let data = self.data(asked["rpId"].as_str().unwrap(), 0);
        let signed = [&data[..], &Sha256::digest(&client_data)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "clientDataJSON": BASE64.encode(client_data),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature),
            "userHandle": self.says_whose.then_some(&self.user),
        });
        self.credential(response)
    }

    fn credential(&self, response: Value) -> String {
        let id = BASE64.encode(&self.id);
        let credential = json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        });
        credential.to_string()
    }

    fn client_data(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let origin = &self.origin;
        json!({ "type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, rp: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        [
            &Sha256::digest(rp.as_bytes())[..],
            &[PRESENT | verified | flags],
            &self.counter.to_be_bytes(),
        ]
        .concat()
    }
}
