//! What an administrator might overlook about somebody who waits. Nobody is judged by it.

use super::store::Waiting;
use crate::{kit::Message, settings::Settings};

/// Hints about one application.
pub(crate) fn hints(waiting: &Waiting, settings: &Settings) -> Vec<Message> {
    let mut hints = Vec::new();
    let domain = waiting.email.rsplit('@').next().unwrap_or_default().to_lowercase();
    if let Some(like) = refused_like(&domain, settings) {
        hints.push(Message::with("approval-hint-domain", "domain", like));
    }
    if waiting.declined_before {
        hints.push("approval-hint-declined".into());
    }
    if ["http://", "https://", "www."].iter().any(|link| waiting.answer.contains(link)) {
        hints.push("approval-hint-link".into());
    }
    if waiting.alike > 0 {
        hints.push(Message::with("approval-hint-alike", "count", waiting.alike));
    }
    hints
}

/// A refused domain that this one is, lies below, or differs from by a letter or two.
fn refused_like(domain: &str, settings: &Settings) -> Option<String> {
    let refused = settings.refused_domains.lines().map(|line| line.trim().to_lowercase());
    let like = |refused: &String| {
        let close = refused.len() > 6 && strsim::levenshtein(domain, refused) <= 2;
        let first = |domain: &str| domain.split('.').next().unwrap_or_default().to_owned();
        let namesake = first(domain).len() > 5 && first(domain) == first(refused);
        close || namesake || domain.ends_with(&format!(".{refused}"))
    };
    refused.filter(|refused| !refused.is_empty()).find(like)
}
