use serde_json::{Map, Value};

/// Longest subject that the protocol allows.
const LONGEST_SUBJECT: usize = 255;

/// Who came, as the provider vouches for them.
#[derive(Debug, Clone)]
pub struct Person {
    /// What the provider knows them by, for ever.
    pub subject: String,
    /// Everything it says of them.
    pub(super) claims: Map<String, Value>,
}

impl Person {
    pub(super) fn of(subject: &str, claims: Map<String, Value>) -> Option<Self> {
        let fits = !subject.is_empty() && subject.len() <= LONGEST_SUBJECT;
        fits.then(|| Self { subject: subject.to_owned(), claims })
    }

    /// A claim that is a text.
    pub fn words(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The address, and whether the provider says that it is theirs.
    pub fn email(&self) -> Option<(&str, bool)> {
        let verified = match self.claims.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            Some(Value::String(said)) => said == "true",
            _ => false,
        };
        Some((self.words("email")?, verified))
    }

    /// The values of a claim that is one text or a list of them.
    pub fn values(&self, claim: &str) -> Vec<String> {
        match self.claims.get(claim) {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    /// When they last showed the provider who they are, in seconds since 1970.
    pub fn shown_at(&self) -> Option<i64> {
        self.claims.get("auth_time")?.as_i64()
    }
}
