//! What providers say of themselves: their endpoints and keys.

use crate::outbound::{Outbound, Unreached};
use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};
use time::{Duration, OffsetDateTime};

/// So long a description counts.
const COUNTS: Duration = Duration::HOUR;

/// And so long where the provider cannot be asked for a newer one.
const WILL_DO: Duration = Duration::DAY;

/// A provider that could not be asked is left alone for so long.
const PAUSE: Duration = Duration::seconds(30);

/// A token signed with a key that is not known has the keys fetched again, but no more often than this.
const AGAIN: Duration = Duration::MINUTE;

/// Why a round did not end well.
#[derive(Debug, Clone, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Fault {
    #[error("the provider cannot be reached: {0}")]
    Unreached(#[from] Unreached),
    #[error("the provider's description will not do: {0}")]
    Description(String),
    #[error("the provider did not take the code: {0}")]
    Code(String),
    #[error("what the provider says does not hold: {0}")]
    Claims(String),
}

/// Part of RFC 9207, which the library does not know.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Announced {
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Announced {}

pub(super) type Metadata = ProviderMetadata<
    Announced,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What came of asking a provider last, each time with when.
#[derive(Clone, Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, OffsetDateTime)>,
    failure: Option<(Fault, OffsetDateTime)>,
}

impl Known {
    /// Its description, where it was fetched less than `within` ago.
    fn since(&self, within: Duration, now: OffsetDateTime) -> Option<Arc<Metadata>> {
        let (metadata, at) = self.metadata.as_ref()?;
        (now - *at < within).then(|| Arc::clone(metadata))
    }

    /// Why it could not be asked just now.
    fn failed(&self, now: OffsetDateTime) -> Option<Fault> {
        let (fault, at) = self.failure.as_ref()?;
        (now - *at < PAUSE).then(|| fault.clone())
    }
}

/// What is known of providers on this node, by issuer. Cheap to clone.
#[derive(Clone)]
pub struct Oidc {
    pub(super) outbound: Outbound,
    known: Arc<Mutex<HashMap<String, Known>>>,
}

impl Oidc {
    /// Asks providers through this door.
    pub fn new(outbound: Outbound) -> Self {
        Self { outbound, known: Arc::default() }
    }

    /// Fetches what the provider says of itself, whatever is known already.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn examine(&self, issuer: &str, now: OffsetDateTime) -> Result<(), Fault> {
        self.fetch(issuer, now).await.map(drop)
    }

    pub(super) async fn metadata(
        &self,
        issuer: &str,
        now: OffsetDateTime,
    ) -> Result<Arc<Metadata>, Fault> {
        let known = self.known(issuer);
        if let Some(metadata) = known.since(COUNTS, now) {
            return Ok(metadata);
        }
        let fetched = match known.failed(now) {
            Some(fault) => Err(fault),
            None => self.fetch(issuer, now).await,
        };
        fetched.or_else(|fault| known.since(WILL_DO, now).ok_or(fault))
    }

    /// The same with newer keys, if they have not been fetched just now.
    pub(super) async fn newer(
        &self,
        issuer: &str,
        now: OffsetDateTime,
    ) -> Result<Option<Arc<Metadata>>, Fault> {
        let known = self.known(issuer);
        if known.since(AGAIN, now).is_some() || known.failed(now).is_some() {
            return Ok(None);
        }
        self.fetch(issuer, now).await.map(Some)
    }

    fn known(&self, issuer: &str) -> Known {
        let all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(issuer).cloned().unwrap_or_default()
    }

    async fn fetch(&self, issuer: &str, now: OffsetDateTime) -> Result<Arc<Metadata>, Fault> {
        let fetched = self.ask(issuer).await;
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(issuer.to_owned()).or_default();
        match &fetched {
            Ok(metadata) => {
                *known = Known { metadata: Some((Arc::clone(metadata), now)), failure: None };
            }
            // That we ask too much of others is no fault of this one.
            Err(Fault::Unreached(Unreached::Busy)) => {}
            Err(fault) => known.failure = Some((fault.clone(), now)),
        }
        fetched
    }

    async fn ask(&self, issuer: &str) -> Result<Arc<Metadata>, Fault> {
        let url = IssuerUrl::new(issuer.to_owned())
            .map_err(|_| Fault::Description("its issuer is no address".to_owned()))?;
        let http = self.http();
        let metadata = Metadata::discover_async(url, &http).await.map_err(of_discovery)?;
        if metadata.token_endpoint().is_none() {
            return Err(Fault::Description("it names no token endpoint".to_owned()));
        }
        if !matches!(metadata.authorization_endpoint().url().scheme(), "https" | "http") {
            let said = "its authorization endpoint is not an address of the web";
            return Err(Fault::Description(said.to_owned()));
        }
        if metadata.jwks().keys().is_empty() {
            return Err(Fault::Description("it has no key that is understood".to_owned()));
        }
        Ok(Arc::new(metadata))
    }

    /// The door, as the library wants it.
    pub(super) fn http(
        &self,
    ) -> impl Fn(openidconnect::HttpRequest) -> BoxedAnswer + Send + Sync + use<> {
        let outbound = self.outbound.clone();
        move |request| {
            let outbound = outbound.clone();
            Box::pin(async move { outbound.fetch(request).await })
        }
    }
}

pub(super) type BoxedAnswer =
    std::pin::Pin<Box<dyn Future<Output = Result<openidconnect::HttpResponse, Unreached>> + Send>>;

fn of_discovery(error: DiscoveryError<Unreached>) -> Fault {
    match error {
        DiscoveryError::Request(unreached) => Fault::Unreached(unreached),
        DiscoveryError::Response(_, _, said) | DiscoveryError::Validation(said) => {
            Fault::Description(said)
        }
        DiscoveryError::Parse(error) => Fault::Description(error.to_string()),
        other => Fault::Description(other.to_string()),
    }
}
