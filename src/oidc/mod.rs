//! OpenID Connect, as one who relies on providers: the authorization code flow with PKCE, state and nonce.
//!
//! Knows the protocol and nothing of members. What it keeps in the process, the providers' own descriptions
//! and keys, can be fetched again at any time.

mod person;
mod provider;
mod round;

pub use person::Person;
pub use provider::{Fault, Oidc};
pub use round::{Answer, Kept, Party, Round};
