//! Asks, and keeps the plans of everything that was asked of the database meanwhile.

use super::{
    explain::{Plan, Plans},
    town::Town,
};
use crate::harness::{Client, form_key, photograph};
use axum::http::Method;
use http_body_util::BodyExt;
use time::Duration;

/// One request and what it cost.
pub(super) struct Visit {
    /// Who asked for what, in the same words in every community.
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) status: u16,
    pub(super) plans: Vec<Plan>,
}

/// Somebody who asks for one thing after the other.
pub(super) struct Walk<'a> {
    pub(super) town: &'a Town,
    plans: Plans,
    planned: &'static str,
    pub(super) visits: Vec<Visit>,
    /// Where the last answer sent the browser by itself.
    pub(super) sent: String,
}

impl<'a> Walk<'a> {
    pub(super) fn through(town: &'a Town, plans: Plans) -> Self {
        Self { town, plans, planned: "", visits: Vec::new(), sent: String::new() }
    }

    /// From here on statements are planned "for values" that they are asked with, or once "for any".
    pub(super) async fn have_planned(&mut self, planned: &'static str) {
        let sql = match planned {
            "for values" => "set plan_cache_mode = force_custom_plan",
            _ => "set plan_cache_mode = force_generic_plan",
        };
        let mut db = self.town.world.app.db.acquire().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *db).await.unwrap();
        self.planned = planned;
    }

    /// Asks for a page.
    pub(super) async fn get(&mut self, who: (&str, &Client), what: &str, path: &str) {
        self.ask(who, Method::GET, what, path, &[]).await;
    }

    /// Does something; it must be done.
    pub(super) async fn post(
        &mut self,
        who: (&str, &Client),
        what: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) {
        let status = self.ask(who, Method::POST, what, path, fields).await;
        assert!(matches!(status, 200 | 201 | 204 | 303), "POST {path} ({what}) answered {status}");
    }

    /// The same with a form's key.
    pub(super) async fn write(
        &mut self,
        who: (&str, &Client),
        what: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) {
        let key = form_key();
        let fields: Vec<_> = fields.iter().copied().chain([("form_key", &key[..])]).collect();
        self.post(who, what, path, &fields).await;
    }

    async fn ask(
        &mut self,
        (name, client): (&str, &Client),
        method: Method,
        what: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> u16 {
        // So that nobody is held back, and what holds back is looked at as well.
        if !method.is_safe() || path.starts_with("/search") {
            self.town.world.advance(Duration::seconds(5));
        }
        self.plans.take(&self.town.world).await;
        let mut ask = client.ask(method.clone(), path);
        if !method.is_safe() {
            ask = match path.ends_with("/attach") {
                true => {
                    let own =
                        |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
                    let typed: Vec<_> = fields.iter().map(own).collect();
                    ask.with_files(&typed, &[("a.jpg".to_owned(), photograph(40, 30))])
                }
                false => ask.fields(fields),
            };
        }
        let response = ask.stream().await;
        let status = response.status().as_u16();
        let sent = response.headers().get("refresh").and_then(|value| value.to_str().ok());
        self.sent = sent.unwrap_or_default().trim_start_matches("0; url=").to_owned();
        assert!(status < 500, "{method} {path} answered {status} to {name}");
        if !path.ends_with("/live") {
            response.into_body().collect().await.expect("the answer ends");
        }
        let plans = self.plans.take(&self.town.world).await;
        self.visits.push(Visit {
            name: format!("{method} {what} by {name}, planned {}", self.planned),
            method,
            path: path.to_owned(),
            status,
            plans,
        });
        status
    }

    /// Does a piece of background work.
    pub(super) async fn work(&mut self, name: &str, work: impl AsyncFnOnce(&Town)) {
        self.plans.take(&self.town.world).await;
        work(self.town).await;
        let plans = self.plans.take(&self.town.world).await;
        self.visits.push(Visit {
            name: format!("{name}, planned {}", self.planned),
            method: Method::TRACE,
            path: String::new(),
            status: 0,
            plans,
        });
    }
}
