//! One round: to the provider and back.

use super::{
    person::Person,
    provider::{Fault, Metadata, Oidc},
};
use crate::{kit::Secret, outbound::Unreached};
use chrono::{DateTime, Utc};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthenticationFlow, AuthorizationCode,
    ClaimsVerificationError, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken, IdTokenFields, IdTokenVerifier, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
    UserInfoError,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType,
        CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm as Alg, CoreResponseType, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime};

/// By so much a provider's clock may differ from ours.
const SKEW: Duration = Duration::minutes(2);

/// Signatures by a key that is the provider's alone. Never `none`, never one made with a shared secret.
const SIGNATURES: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// What a provider knows us by.
#[derive(Debug, Clone)]
pub struct Party {
    /// Whose client we are.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our proof there; absent where PKCE alone proves it.
    pub client_secret: Option<SecretString>,
    /// What we ask to be told, besides `openid`.
    pub scopes: Vec<String>,
    /// Where people come back to.
    pub redirect: String,
    /// A claim that must be known, even if another place has to be asked for it.
    pub wanted: Option<String>,
}

/// What must be kept until they come back.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Comes back in the signed token.
    pub nonce: String,
    /// Proves that whoever redeems the code began the round.
    pub verifier: String,
}

/// A round that has begun.
#[derive(Debug, Clone)]
pub struct Round {
    /// Where the browser goes.
    pub url: String,
    /// Comes back with it.
    pub state: Secret,
    /// To be kept.
    pub kept: Kept,
}

/// What the browser brings back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// To be redeemed once.
    pub code: String,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Others {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for Others {}

type Token = IdToken<Others, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Alg>;

type Tokens = StandardTokenResponse<
    IdTokenFields<
        Others,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        Alg,
    >,
    CoreTokenType,
>;

type Relying = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Oidc {
    /// Begins a round. Where `afresh`, the provider is to ask the person anew who they are.
    ///
    /// # Errors
    /// The provider cannot be reached, or its description will not do.
    pub async fn begin(
        &self,
        party: &Party,
        afresh: bool,
        now: OffsetDateTime,
    ) -> Result<Round, Fault> {
        let metadata = self.metadata(&party.issuer, now).await?;
        let state = Secret::random();
        let kept = Kept {
            nonce: Secret::random().reveal().to_owned(),
            verifier: Secret::random().reveal().to_owned(),
        };
        let client = relying(party, &metadata)?;
        let verifier = PkceCodeVerifier::new(kept.verifier.clone());
        let (said, nonce) = (state.reveal().to_owned(), kept.nonce.clone());
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || CsrfToken::new(said),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in &party.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if afresh {
            request =
                request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = request.url();
        Ok(Round { url: url.into(), state, kept })
    }

    /// Ends a round: redeems the code, and believes of what comes what holds.
    ///
    /// # Errors
    /// The provider cannot be reached, does not take the code, or says what does not hold.
    pub async fn finish(
        &self,
        party: &Party,
        answer: &Answer,
        kept: &Kept,
        now: OffsetDateTime,
    ) -> Result<Person, Fault> {
        let metadata = self.metadata(&party.issuer, now).await?;
        check_issuer(party, answer, &metadata)?;
        let (http, client) = (self.http(), relying(party, &metadata)?);
        let tokens = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|error| Fault::Description(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(kept.verifier.clone()))
            .request_async(&http)
            .await
            .map_err(of_exchange)?;
        let token = tokens.id_token().ok_or_else(|| claims("there is no ID token"))?;
        let nonce = Nonce::new(kept.nonce.clone());
        let mut believed = believe(&client, party, token, &tokens, &nonce, now);
        if let Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        )) = &believed
            && let Some(newer) = self.newer(&party.issuer, now).await?
        {
            believed = believe(&relying(party, &newer)?, party, token, &tokens, &nonce, now);
        }
        let (subject, mut all) = believed.map_err(|error| claims(&error.to_string()))?;
        if client.user_info_url().is_some() && lacks(&all, party) {
            let subject = openidconnect::SubjectIdentifier::new(subject.clone());
            let told = client
                .user_info(tokens.access_token().clone(), Some(subject))
                .map_err(|error| Fault::Description(error.to_string()))?
                .request_async::<Others, _, CoreGenderClaim>(&http)
                .await
                .map_err(of_user_info)?;
            for (claim, value) in object(&told)? {
                all.entry(claim).or_insert(value);
            }
        }
        Person::of(&subject, all).ok_or_else(|| claims("the subject is empty or too long"))
    }
}

fn relying(party: &Party, metadata: &Metadata) -> Result<Relying, Fault> {
    let secret = party.client_secret.as_ref();
    let client = Client::from_provider_metadata(
        metadata.clone(),
        ClientId::new(party.client_id.clone()),
        secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned())),
    );
    let redirect = RedirectUrl::new(party.redirect.clone())
        .map_err(|error| Fault::Description(error.to_string()))?;
    let in_body = metadata.token_endpoint_auth_methods_supported().is_some_and(|ways| {
        !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
            && ways.contains(&CoreClientAuthMethod::ClientSecretPost)
    });
    let way = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
    Ok(client.set_redirect_uri(redirect).set_auth_type(way))
}

/// Another provider's answer must not be taken for this one's.
fn check_issuer(party: &Party, answer: &Answer, metadata: &Metadata) -> Result<(), Fault> {
    let announced = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match &answer.issuer {
        Some(issuer) if *issuer != party.issuer => Err(claims("the answer is another issuer's")),
        None if announced => Err(claims("the answer does not say whose it is")),
        _ => Ok(()),
    }
}

/// The subject and all claims of the token, if it holds.
fn believe(
    client: &Relying,
    party: &Party,
    token: &Token,
    tokens: &Tokens,
    nonce: &Nonce,
    now: OffsetDateTime,
) -> Result<(String, Map<String, Value>), ClaimsVerificationError> {
    let other = |said: &str| ClaimsVerificationError::Other(said.to_owned());
    let verifier: IdTokenVerifier<'_, CoreJsonWebKey> = client
        .id_token_verifier()
        .set_allowed_algs(SIGNATURES)
        .set_time_fn(move || moment(now - SKEW))
        .set_issue_time_verifier_fn(move |at| {
            if at > moment(now + SKEW) { Err("it is of the future".to_owned()) } else { Ok(()) }
        });
    let verified = token.claims(&verifier, nonce)?;
    if verified.authorized_party().is_some_and(|party_named| **party_named != party.client_id) {
        return Err(other("it was made for another client"));
    }
    if let Some(hash) = verified.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|_| other("it is not signed"))?;
        let key = token.signing_key(&verifier).map_err(|_| other("its key is not known"))?;
        let own = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|_| other("the access token's hash is of no known kind"))?;
        if own != *hash {
            return Err(other("the access token is another"));
        }
    }
    let all = object(verified).map_err(|_| other("its claims are no object"))?;
    Ok((verified.subject().to_string(), all))
}

fn moment(at: OffsetDateTime) -> DateTime<Utc> {
    DateTime::from_timestamp(at.unix_timestamp(), 0).unwrap_or_default()
}

/// Whether something is missing that the provider may say elsewhere.
fn lacks(all: &Map<String, Value>, party: &Party) -> bool {
    let named = all.contains_key("name") || all.contains_key("preferred_username");
    let wanted = party.wanted.as_ref().is_none_or(|claim| all.contains_key(claim));
    !(named && all.contains_key("email") && wanted)
}

fn object(value: &impl Serialize) -> Result<Map<String, Value>, Fault> {
    match serde_json::to_value(value) {
        Ok(Value::Object(all)) => {
            Ok(all.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        _ => Err(claims("the claims are no object")),
    }
}

fn claims(said: &str) -> Fault {
    Fault::Claims(said.to_owned())
}

fn of_exchange(
    error: RequestTokenError<Unreached, StandardErrorResponse<CoreErrorResponseType>>,
) -> Fault {
    match error {
        RequestTokenError::Request(unreached) => Fault::Unreached(unreached),
        RequestTokenError::ServerResponse(said) => Fault::Code(said.error().to_string()),
        RequestTokenError::Parse(error, _) => Fault::Code(error.to_string()),
        RequestTokenError::Other(said) => Fault::Code(said),
    }
}

fn of_user_info(error: UserInfoError<Unreached>) -> Fault {
    match error {
        UserInfoError::Request(unreached) => Fault::Unreached(unreached),
        other => claims(&format!("user info: {other}")),
    }
}
