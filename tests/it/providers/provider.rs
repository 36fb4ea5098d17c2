//! A provider of OpenID Connect, as small as one can be, on this machine. It can be made to lie.

use axum::{
    Form, Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// How it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    Rsa,
    Elliptic,
    /// With a key that it does not show.
    Foreign,
    /// `alg: none`.
    Nothing,
    /// HS256 with its public key for a secret.
    PublicKey,
    /// HS256 with the client's secret.
    ClientSecret,
}

/// Where it is asked for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Description,
    Keys,
    Token,
    /// What it says of a person.
    Told,
}

/// How it behaves.
pub(super) struct Ways {
    pub(super) signs: Signs,
    /// The name of its key.
    pub(super) key: String,
    /// Claims that the ID token has in place of the right ones; null takes one away.
    pub(super) token: Map<String, Value>,
    /// What it says when it is asked about the person; nothing where it has no such place.
    pub(super) told: Option<Value>,
    /// What its description has in place of the right things.
    pub(super) described: Map<String, Value>,
    /// Every answer is as long as this.
    pub(super) flood: Option<usize>,
    /// Whoever asks for this is sent there.
    pub(super) astray: Option<(Place, String)>,
    /// It takes the call and says nothing.
    pub(super) silent: bool,
    /// How often its keys were fetched.
    pub(super) keys_fetched: usize,
    /// How often it was asked for anything.
    pub(super) asked: usize,
    codes: HashMap<String, (String, Value)>,
    made: usize,
}

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    ways: Arc<Mutex<Ways>>,
    keys: Arc<Keys>,
}

struct Keys {
    rsa: RsaKeyPair,
    elliptic: EcdsaKeyPair,
    foreign: EcdsaKeyPair,
}

pub(crate) const CLIENT: &str = "candor-at-home";
pub(crate) const SECRET: &str = "whispered&+once/äß";

impl Provider {
    #[expect(
        clippy::disallowed_methods,
        reason = "it is another server, whose routes are nobody's rooms"
    )]
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self { issuer, ways: Arc::new(Mutex::new(Ways::good())), keys: Keys::new() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(super) fn set(&self, change: impl FnOnce(&mut Ways)) {
        change(&mut self.ways.lock().unwrap());
    }

    /// Makes it say in the ID token what is not so.
    pub(super) fn lies(&self, claim: &str, value: Value) {
        self.set(|ways| {
            ways.token.insert(claim.to_owned(), value);
        });
    }

    pub(super) fn keys_fetched(&self) -> usize {
        self.ways.lock().unwrap().keys_fetched
    }

    pub(super) fn asked(&self) -> usize {
        self.ways.lock().unwrap().asked
    }

    /// Somebody with these claims says yes to what the browser asks at this address: what it brings back to us.
    pub(crate) fn yes(&self, asked: &str, person: &Value, now: i64) -> String {
        let url = url::Url::parse(asked).unwrap();
        let asked: HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].starts_with("openid"));
        let mut claims = json!({
            "iss": self.issuer,
            "aud": CLIENT,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
        });
        merge(claims.as_object_mut().unwrap(), person.as_object().unwrap());
        let mut ways = self.ways.lock().unwrap();
        ways.made += 1;
        let code = format!("code-{}", ways.made);
        ways.codes.insert(code.clone(), (asked["code_challenge"].clone(), claims));
        let mut back = url::Url::parse(&asked["redirect_uri"]).unwrap();
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &asked["state"])
            .append_pair("iss", &self.issuer);
        back.into()
    }

    fn sign(&self, claims: &Map<String, Value>) -> String {
        let ways = self.ways.lock().unwrap();
        let alg = match ways.signs {
            Signs::Rsa => "RS256",
            Signs::Elliptic | Signs::Foreign => "ES256",
            Signs::Nothing => "none",
            Signs::PublicKey | Signs::ClientSecret => "HS256",
        };
        let part = |value: Value| BASE64.encode(value.to_string());
        let header = json!({ "alg": alg, "kid": ways.key, "typ": "JWT" });
        let signed = format!("{}.{}", part(header), part(Value::Object(claims.clone())));
        let (random, bytes) = (SystemRandom::new(), signed.as_bytes());
        let keys = &self.keys;
        let mac = |secret: &[u8]| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), bytes).as_ref().to_vec()
        };
        let signature = match ways.signs {
            Signs::Rsa => {
                let mut signature = vec![0; keys.rsa.public().modulus_len()];
                keys.rsa.sign(&RSA_PKCS1_SHA256, &random, bytes, &mut signature).unwrap();
                signature
            }
            Signs::Elliptic => keys.elliptic.sign(&random, bytes).unwrap().as_ref().to_vec(),
            Signs::Foreign => keys.foreign.sign(&random, bytes).unwrap().as_ref().to_vec(),
            Signs::Nothing => Vec::new(),
            Signs::PublicKey => mac(keys.rsa.public().as_ref()),
            Signs::ClientSecret => mac(SECRET.as_bytes()),
        };
        format!("{signed}.{}", BASE64.encode(signature))
    }

    /// What it answers, unless it misbehaves.
    async fn answer(&self, place: Place, answer: impl IntoResponse) -> Response {
        let (flood, silent, astray) = {
            let mut ways = self.ways.lock().unwrap();
            ways.asked += 1;
            (ways.flood, ways.silent, ways.astray.clone())
        };
        if silent {
            std::future::pending::<()>().await;
        }
        if let Some((_, there)) = astray.filter(|(astray, _)| *astray == place) {
            return (StatusCode::FOUND, [(header::LOCATION, there)]).into_response();
        }
        match flood {
            Some(length) => {
                let kind = [(header::CONTENT_TYPE, "application/json")];
                (kind, Body::from(" ".repeat(length))).into_response()
            }
            None => answer.into_response(),
        }
    }
}

impl Ways {
    fn good() -> Self {
        Self {
            signs: Signs::Rsa,
            key: "first".to_owned(),
            token: Map::new(),
            told: None,
            described: Map::new(),
            flood: None,
            astray: None,
            silent: false,
            keys_fetched: 0,
            asked: 0,
            codes: HashMap::new(),
            made: 0,
        }
    }
}

impl Keys {
    fn new() -> Arc<Self> {
        let random = SystemRandom::new();
        let elliptic = || {
            let how = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let made = EcdsaKeyPair::generate_pkcs8(how, &random).unwrap();
            EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &random).unwrap()
        };
        let rsa = RsaKeyPair::from_der(include_bytes!("../../data/provider_key.der")).unwrap();
        Arc::new(Self { rsa, elliptic: elliptic(), foreign: elliptic() })
    }
}

fn merge(into: &mut Map<String, Value>, from: &Map<String, Value>) {
    for (claim, value) in from {
        match value {
            Value::Null => into.remove(claim),
            value => into.insert(claim.clone(), value.clone()),
        };
    }
}

async fn describe(State(provider): State<Provider>) -> Response {
    let at = |path: &str| format!("{}/{path}", provider.issuer);
    let mut described = json!({
        "issuer": provider.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "jwks_uri": at("keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    {
        let ways = provider.ways.lock().unwrap();
        if ways.told.is_some() {
            described["userinfo_endpoint"] = at("userinfo").into();
        }
        merge(described.as_object_mut().unwrap(), &ways.described);
    }
    provider.answer(Place::Description, Json(described)).await
}

async fn keys(State(provider): State<Provider>) -> Response {
    let parts = PublicKeyComponents::<Vec<u8>>::from(provider.keys.rsa.public());
    let point = provider.keys.elliptic.public_key().as_ref();
    let keys = {
        let mut ways = provider.ways.lock().unwrap();
        ways.keys_fetched += 1;
        json!({ "keys": [
            {
                "kty": "RSA", "use": "sig", "kid": ways.key,
                "n": BASE64.encode(parts.n), "e": BASE64.encode(parts.e),
            },
            {
                "kty": "EC", "use": "sig", "crv": "P-256", "kid": ways.key,
                "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..]),
            },
        ] })
    };
    provider.answer(Place::Keys, Json(keys)).await
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let refused =
        |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    // RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
    let form =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let own = format!("{}:{}", form(CLIENT), form(SECRET));
    let own = base64::engine::general_purpose::STANDARD.encode(own);
    let shown = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap());
    if shown != Some(&format!("Basic {own}")) {
        return refused("invalid_client");
    }
    let taken = provider.ways.lock().unwrap().codes.remove(&sent["code"]);
    let Some((challenge, claims)) = taken else { return refused("invalid_grant") };
    if BASE64.encode(Sha256::digest(&sent["code_verifier"])) != challenge {
        return refused("invalid_grant");
    }
    let mut claims = claims.as_object().unwrap().clone();
    merge(&mut claims, &provider.ways.lock().unwrap().token);
    let answer = json!({
        "access_token": "an-access-token",
        "token_type": "Bearer",
        "expires_in": 60,
        "id_token": provider.sign(&claims),
    });
    provider.answer(Place::Token, Json(answer)).await
}

async fn userinfo(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    assert_eq!(headers[header::AUTHORIZATION], "Bearer an-access-token");
    let told = provider.ways.lock().unwrap().told.clone();
    provider.answer(Place::Told, Json(told.unwrap())).await
}
