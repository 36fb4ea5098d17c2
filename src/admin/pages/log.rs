//! The log of administration, to be read by people.

use crate::{
    access::Admin,
    admin::views::{self, LogLine},
    app::App,
    error::Result,
    papers::Paper,
    reputation, settings,
    web::{Page, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// Changes on one page.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "admin/log.html")]
pub(in crate::admin) struct ShowLog {
    shell: Shell,
    lines: Vec<Told>,
    older: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct From {
    below: Option<i64>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(from): Query<From>,
) -> Result<Page<ShowLog>> {
    let mut db = app.db.acquire().await?;
    let below = from.below.unwrap_or(i64::MAX);
    let mut lines = views::log(&mut db, below, ON_A_PAGE as i64 + 1).await?;
    let more = lines.len() > ON_A_PAGE;
    lines.truncate(ON_A_PAGE);
    let older = lines.last().filter(|_| more).map(|last| format!("/admin/log?below={}", last.id));
    let lines = Told::all(&mut db, &shell, lines).await?;
    Ok(Page(ShowLog { shell, lines, older }))
}

/// A change in words.
pub(super) struct Told {
    pub(super) at: OffsetDateTime,
    pub(super) actor: String,
    pub(super) sentence: String,
    pub(super) fields: Vec<Field>,
}

/// One thing that is other than before.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl Told {
    pub(super) async fn all(
        db: &mut PgConnection,
        shell: &Shell,
        lines: Vec<LogLine>,
    ) -> sqlx::Result<Vec<Self>> {
        let keys = lines.iter().flat_map(|line| [&line.before, &line.after]);
        let ids: Vec<i64> = keys
            .filter_map(Value::as_object)
            .flat_map(|fields| fields.keys())
            .filter_map(|key| key.strip_prefix(MEMBER)?.parse().ok())
            .collect();
        let handles = match ids.is_empty() {
            true => Vec::new(),
            false => views::handles(db, &ids).await?,
        };
        let categories = views::category_names(db).await?;
        let categories = categories.into_iter().map(|(id, _, name)| (id.0, name)).collect();
        let ladder = reputation::store::ladder(db).await?;
        let ranks = ladder.into_iter().map(|rank| (rank.id, rank.name)).collect();
        let names = Names { handles, categories, ranks };
        Ok(lines.iter().map(|line| Self::one(shell, line, &names)).collect())
    }

    fn one(shell: &Shell, line: &LogLine, names: &Names) -> Self {
        let member = line.member.as_ref().map(|handle| format!("@{handle}")).unwrap_or_default();
        let name = match &line.about[..] {
            "member" => member.clone(),
            "setting" => settings::entry(&line.about_name)
                .map_or_else(|| line.about_name.clone(), |entry| shell.t(entry.title)),
            "paper" => Paper::read(&line.about_name)
                .map_or_else(|| line.about_name.clone(), |paper| shell.t(paper.title())),
            "invitation" => line.about_id.to_string(),
            _ => line.about_name.clone(),
        };
        let by_system = || line.actor_system.clone().unwrap_or_default();
        Self {
            at: line.at,
            actor: line.actor.as_ref().map_or_else(by_system, |handle| format!("@{handle}")),
            sentence: shell.t2(sentence(&line.act), "name", name, "member", member),
            fields: fields(shell, line, names),
        }
    }
}

/// Before the id of a member whose rule it is.
const MEMBER: &str = "member:";

/// What ids are called now.
struct Names {
    handles: Vec<(i64, String)>,
    categories: Vec<(i64, String)>,
    ranks: Vec<(i64, String)>,
}

impl Names {
    /// A value as people read it; nothing where there is none.
    fn words(&self, field: &str, value: Option<&Value>) -> Option<String> {
        let value = value.filter(|value| !value.is_null())?;
        let named = match field {
            "category" => &self.categories[..],
            "rank" => &self.ranks[..],
            _ => &[],
        };
        let known = named.iter().find(|(id, _)| Some(*id) == value.as_i64());
        let plain = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(known.map_or_else(plain, |(_, name)| name.clone())).filter(|words| !words.is_empty())
    }
}

fn fields(shell: &Shell, line: &LogLine, names: &Names) -> Vec<Field> {
    let all = [&line.before, &line.after].into_iter().filter_map(Value::as_object);
    let keys: BTreeSet<&String> = all.flat_map(|fields| fields.keys()).collect();
    let words = |key: &String, values: &Value| {
        let value = names.words(key, values.get(key))?;
        Some(setting_words(shell, line, &value).unwrap_or(value))
    };
    let field = |key: &&String| Field {
        name: field_name(shell, key, &names.handles),
        before: words(key, &line.before),
        after: words(key, &line.after),
    };
    keys.iter().map(field).filter(|field| field.before != field.after).collect()
}

/// What a setting is called that has this value, where it is a choice.
fn setting_words(shell: &Shell, line: &LogLine, value: &str) -> Option<String> {
    let entry = settings::entry(&line.about_name).filter(|_| line.about == "setting")?;
    // The log has what the column has; forms say it in their own words.
    let said = match value {
        "true" => "yes",
        "false" => "no",
        other => other,
    };
    entry.words(said).map(|key| shell.t(key))
}

fn field_name(shell: &Shell, name: &str, handles: &[(i64, String)]) -> String {
    if let Some(id) = name.strip_prefix(MEMBER).and_then(|id| id.parse::<i64>().ok()) {
        let known = handles.iter().find(|(member, _)| *member == id);
        return known.map_or_else(|| name.to_owned(), |(_, handle)| format!("@{handle}"));
    }
    let key = match name {
        "name" => "admin-field-name",
        "description" => "admin-field-description",
        "style" => "admin-field-style",
        "icon" => "admin-field-icon",
        "tone" => "admin-field-tone",
        "category" => "admin-field-category",
        "audience" => "admin-field-audience",
        "kind" => "admin-field-kind",
        "rank" => "admin-field-rank",
        "formula" => "admin-field-formula",
        "permanent" => "admin-field-permanent",
        "position" => "admin-field-position",
        "set" => "admin-field-set",
        "level" => "admin-field-level",
        "lapses" => "admin-field-lapses",
        "solution" => "ranks-rule-solution",
        "confirmation" => "ranks-rule-confirmation",
        "kudos" => "ranks-rule-kudos",
        "kudos_weight" => "admin-rank-weight",
        "accept" => "admin-rank-power-accept",
        "reply" => "ranks-rule-reply",
        "thread" => "ranks-rule-thread",
        "daily_cap" => "admin-field-daily-cap",
        "role" => "admin-field-role",
        "place" => "admin-field-place",
        "factors" => "admin-field-factors",
        "sessions" => "admin-field-sessions",
        "reason" => "admin-field-reason",
        "value" => "admin-field-value",
        "issuer" => "provider-issuer-label",
        "client_id" => "provider-client-label",
        "client_secret" => "provider-secret-label",
        "scopes" => "provider-scopes-label",
        "takes_in" => "provider-takes-in-label",
        "trusts_address" => "provider-trusts-label",
        "group_claim" => "provider-claim-label",
        "groups" => "admin-field-mappings",
        "mapped_roles" => "provider-roles-label",
        "enabled" => "admin-field-enabled",
        "version" => "admin-field-version",
        "consent" => "admin-field-consent",
        "uses" => "admin-field-uses",
        "days" => "admin-field-days",
        "people" => "admin-field-people",
        "restricted" => "admin-field-restricted",
        "synonym" => "admin-field-synonym",
        "carried" => "admin-field-carried",
        "guest" => "role-guest",
        "member" => "role-member",
        "moderator" => "role-moderator",
        "staff" => "role-staff",
        other => return other.to_owned(),
    };
    shell.t(key)
}

fn sentence(act: &str) -> &'static str {
    match act {
        "found_category" => "admin-log-found-category",
        "edit_category" => "admin-log-edit-category",
        "move_category" => "admin-log-move-category",
        "found_board" => "admin-log-found-board",
        "edit_board" => "admin-log-edit-board",
        "move_board" => "admin-log-move-board",
        "archive_board" => "admin-log-archive-board",
        "reopen_board" => "admin-log-reopen-board",
        "set_rights" => "admin-log-set-rights",
        "found_group" => "admin-log-found-group",
        "edit_group" => "admin-log-edit-group",
        "delete_group" => "admin-log-delete-group",
        "add_member" => "admin-log-add-member",
        "remove_member" => "admin-log-remove-member",
        "decline_request" => "admin-log-decline-request",
        "make_owner" => "admin-log-make-owner",
        "unmake_owner" => "admin-log-unmake-owner",
        "grant_role" => "admin-log-grant-role",
        "change_setting" => "admin-log-change-setting",
        "close_account" => "admin-log-close-account",
        "take_factors" => "admin-log-take-factors",
        "end_sessions" => "admin-log-end-sessions",
        "add_provider" => "admin-log-add-provider",
        "edit_provider" => "admin-log-edit-provider",
        "set_points" => "admin-log-set-points",
        "add_rank" => "admin-log-add-rank",
        "edit_rank" => "admin-log-edit-rank",
        "retire_rank" => "admin-log-retire-rank",
        "add_badge" => "admin-log-add-badge",
        "edit_badge" => "admin-log-edit-badge",
        "retire_badge" => "admin-log-retire-badge",
        "grant_badge" => "admin-log-grant-badge",
        "revoke_badge" => "admin-log-revoke-badge",
        "publish_paper" => "admin-log-publish-paper",
        "withdraw_paper" => "admin-log-withdraw-paper",
        "approve" => "admin-log-approve",
        "decline" => "admin-log-decline",
        "invite" => "admin-log-invite",
        "invite_by_mail" => "admin-log-invite-by-mail",
        "withdraw_invitation" => "admin-log-withdraw-invitation",
        "edit_tag" => "admin-log-edit-tag",
        "add_synonym" => "admin-log-add-synonym",
        "remove_synonym" => "admin-log-remove-synonym",
        _ => "admin-log-revoke-role",
    }
}
