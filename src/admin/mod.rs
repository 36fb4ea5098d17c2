//! What administrators see and change of the community. An edge: the deeds are the rooms' own, and each
//! leaves its line in the log of administration in the same transaction ([`crate::audit`]).
//!
//! Every handler here takes [`crate::access::Admin`]: to everybody else these pages do not exist.

mod actions;
mod forms;
mod pages;
mod views;

use crate::route::{Policy, Rate, Route, deed, page};

/// The pages that hang together: their name, their address and the text of their tab.
pub(crate) const TABS: &[(&str, &str, &str)] = &[
    ("overview", "/admin", "admin-tab-overview"),
    ("boards", "/admin/boards", "boards-title"),
    ("tags", "/admin/tags", "tags-title"),
    ("groups", "/admin/groups", "groups-title"),
    ("ranks", "/admin/ranks", "ranks-title"),
    ("badges", "/admin/badges", "badges-title"),
    ("points", "/admin/points", "admin-points-title"),
    ("members", "/admin/members", "admin-members-title"),
    ("approvals", "/admin/approvals", "approvals-title"),
    ("invitations", "/admin/invitations", "invitations-title"),
    ("settings", "/admin/settings", "admin-settings-title"),
    ("texts", "/admin/texts", "admin-texts-title"),
    ("providers", "/admin/providers", "providers-title"),
    ("log", "/admin/log", "admin-log-title"),
];

/// This edge's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::Administrators;
    use pages::{
        approvals, badges, boards, categories, groups, invitations, leaving, log, members, order,
        overview, person, points, providers, ranks, rights, settings, tags, texts,
    };
    vec![
        page("/admin", Administrators, overview::show),
        page("/admin/boards", Administrators, boards::index),
        deed("/admin/order", Administrators, order::create).with_text(),
        page("/admin/new-board", Administrators, boards::new),
        deed("/admin/boards", Administrators, boards::create),
        page("/admin/boards/{slug}", Administrators, boards::edit),
        deed("/admin/boards/{slug}", Administrators, boards::update),
        deed("/admin/boards/{slug}/move", Administrators, boards::shift),
        page("/admin/boards/{slug}/archive", Administrators, boards::before_archiving),
        deed("/admin/boards/{slug}/archive", Administrators, boards::archive),
        deed("/admin/boards/{slug}/archive/undo", Administrators, boards::reopen),
        page("/admin/boards/{slug}/rights", Administrators, rights::of_board),
        deed("/admin/boards/{slug}/rights", Administrators, rights::update_board).with_text(),
        page("/admin/new-category", Administrators, categories::new),
        deed("/admin/categories", Administrators, categories::create),
        page("/admin/categories/{slug}", Administrators, categories::edit),
        deed("/admin/categories/{slug}", Administrators, categories::update),
        deed("/admin/categories/{slug}/move", Administrators, categories::shift),
        page("/admin/categories/{slug}/rights", Administrators, rights::of_category),
        deed("/admin/categories/{slug}/rights", Administrators, rights::update_category)
            .with_text(),
        page("/admin/tags", Administrators, tags::index),
        page("/admin/tags/{name}", Administrators, tags::edit),
        deed("/admin/tags/{name}", Administrators, tags::update),
        deed("/admin/tags/{name}/synonyms", Administrators, tags::add),
        deed("/admin/tags/{name}/synonyms/{synonym}/remove", Administrators, tags::remove),
        page("/admin/groups", Administrators, groups::index),
        page("/admin/new-group", Administrators, groups::new),
        deed("/admin/groups", Administrators, groups::create),
        page("/admin/groups/{slug}", Administrators, groups::edit),
        deed("/admin/groups/{slug}", Administrators, groups::update),
        deed("/admin/groups/{slug}/members", Administrators, groups::add),
        deed("/admin/groups/{slug}/owners/{handle}", Administrators, groups::make_owner),
        deed("/admin/groups/{slug}/owners/{handle}/undo", Administrators, groups::unmake_owner),
        page("/admin/groups/{slug}/delete", Administrators, groups::before_deleting),
        deed("/admin/groups/{slug}/delete", Administrators, groups::delete),
        page("/admin/members", Administrators, members::index),
        page("/admin/members/{handle}", Administrators, person::show),
        deed("/admin/members/{handle}/roles", Administrators, person::grant),
        deed("/admin/members/{handle}/roles/undo", Administrators, person::revoke),
        deed("/admin/members/{handle}/factors/take", Administrators, person::take_factors),
        deed("/admin/members/{handle}/sessions/end", Administrators, person::end_sessions),
        deed("/admin/members/{handle}/sessions/{id}/end", Administrators, person::end_session),
        page("/admin/settings", Administrators, settings::edit),
        deed("/admin/settings", Administrators, settings::update).with_text(),
        page("/admin/texts", Administrators, texts::index),
        page("/admin/texts/{name}", Administrators, texts::edit),
        deed("/admin/texts/{name}", Administrators, texts::update).with_text(),
        page("/admin/members/{handle}/close", Administrators, leaving::show),
        deed("/admin/members/{handle}/close", Administrators, leaving::create),
        page("/admin/providers", Administrators, providers::index),
        page("/admin/new-provider", Administrators, providers::new),
        deed("/admin/providers", Administrators, providers::create),
        page("/admin/providers/{slug}", Administrators, providers::edit),
        deed("/admin/providers/{slug}", Administrators, providers::update),
        deed("/admin/providers/{slug}/test", Administrators, providers::test).rated(Rate::Outside),
        page("/admin/approvals", Administrators, approvals::index),
        deed("/admin/approvals", Administrators, approvals::decide),
        page("/admin/invitations", Administrators, invitations::index),
        page("/admin/new-invitation", Administrators, invitations::new),
        deed("/admin/invitations", Administrators, invitations::create),
        page("/admin/new-invitations", Administrators, invitations::new_mailing),
        deed("/admin/new-invitations", Administrators, invitations::create_mailing).with_text(),
        page("/admin/invitations/{id}", Administrators, invitations::show),
        deed("/admin/invitations/{id}/withdraw", Administrators, invitations::withdraw),
        page("/admin/ranks", Administrators, ranks::index),
        page("/admin/new-rank", Administrators, ranks::new),
        deed("/admin/ranks", Administrators, ranks::create).with_text(),
        page("/admin/ranks/{slug}", Administrators, ranks::edit),
        deed("/admin/ranks/{slug}", Administrators, ranks::update).with_text(),
        deed("/admin/ranks/{slug}/retire", Administrators, ranks::retire),
        page("/admin/badges", Administrators, badges::index),
        page("/admin/new-badge", Administrators, badges::new),
        deed("/admin/badges", Administrators, badges::create).with_text(),
        page("/admin/badges/{slug}", Administrators, badges::edit),
        deed("/admin/badges/{slug}", Administrators, badges::update).with_text(),
        deed("/admin/badges/{slug}/retire", Administrators, badges::retire),
        page("/admin/points", Administrators, points::edit),
        deed("/admin/points", Administrators, points::update),
        page("/admin/log", Administrators, log::index),
    ]
}
