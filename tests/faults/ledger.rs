//! What clients sent, what was acknowledged to them, and whether the database agrees.

use sqlx::{PgConnection, Row};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

/// Every text is sent as one reply only, so that a text found twice was written twice.
#[derive(Default)]
pub(crate) struct Ledger {
    sent: Mutex<BTreeSet<String>>,
    /// With where the reply was said to stand.
    acknowledged: Mutex<BTreeMap<String, String>>,
}

impl Ledger {
    /// Before a text is sent for the first time.
    pub(crate) fn intend(&self, text: &str) {
        assert!(self.sent.lock().unwrap().insert(text.to_owned()), "{text} is sent already");
    }

    /// The text was answered with the address of its reply.
    pub(crate) fn acknowledge(&self, text: &str, location: &str) {
        let before = self.acknowledged.lock().unwrap().insert(text.to_owned(), location.to_owned());
        assert!(before.is_none_or(|before| before == location), "{text} has two addresses");
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// In words, for the output.
    pub(crate) fn summary(&self) -> String {
        let (sent, acknowledged) = (self.sent.lock().unwrap().len(), self.acknowledged());
        format!("{sent} replies sent, {acknowledged} acknowledged")
    }

    /// Acknowledged is there once, in doubt at most once, and nothing else is there.
    pub(crate) async fn prove(&self, db: &mut PgConnection) {
        let rows =
            sqlx::raw_sql("select source, thread_id, position from posts where position > 1")
                .fetch_all(db)
                .await
                .unwrap();
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let (thread, position): (i64, i32) = (row.get(1), row.get(2));
            found.entry(row.get(0)).or_default().push(format!("/t/{thread}/ #p{position}"));
        }
        let (sent, acknowledged) = (self.sent.lock().unwrap(), self.acknowledged.lock().unwrap());
        let lost: Vec<_> = acknowledged.keys().filter(|text| !found.contains_key(*text)).collect();
        assert!(
            lost.is_empty(),
            "{} of {} acknowledged replies are lost: {lost:#?}",
            lost.len(),
            acknowledged.len()
        );
        for (text, places) in &found {
            assert!(sent.contains(text), "nobody sent {text:?}");
            assert_eq!(places.len(), 1, "{text:?} was written more than once: {places:?}");
            if let Some(location) = acknowledged.get(text) {
                let parts: Vec<_> = places[0].split(' ').collect();
                assert!(
                    location.starts_with(parts[0]) && location.ends_with(parts[1]),
                    "{text:?} was said to stand at {location}, and stands at {}",
                    places[0]
                );
            }
        }
    }
}
