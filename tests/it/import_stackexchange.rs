//! Importing Stack Exchange dumps: our dirty one, and two real ones where they are at hand.

use crate::harness::World;
use candor::importers::stackexchange::{
    Report,
    dump::{LinkKind, LinkRow, PostRow, Rows, Table, UserRow, VoteKind, VoteRow},
    import,
};
use indicatif::{MultiProgress, ProgressDrawTarget};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn dirty() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stackexchange-dirty")
}

/// The real dumps, which are too large to keep here; without them their tests say so and pass.
fn real_sites() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let sites = ["coffee", "conlang-meta"].map(|site| data.join(format!("stackexchange-{site}")));
    let (found, missing): (Vec<_>, Vec<_>) = sites.into_iter().partition(|site| site.is_dir());
    for site in missing {
        eprintln!("SKIPPED: {} is missing", site.display());
    }
    found
}

fn unseen() -> MultiProgress {
    MultiProgress::with_draw_target(ProgressDrawTarget::hidden())
}

async fn imported(world: &World, site: &Path) -> Report {
    import(&world.app, site, None, unseen()).await.unwrap()
}

async fn lines(db: &mut PgConnection, sql: &str) -> Vec<String> {
    let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    query.fetch_all(db).await.unwrap().into_iter().map(|row| row.get(0)).collect()
}

/// Every row of every table, as one number for each table.
async fn everything(world: &World) -> BTreeMap<String, String> {
    let mut db = world.as_owner().await;
    let tables = "select format('%I', tablename) from pg_tables where schemaname = 'public'";
    let mut sums = BTreeMap::new();
    for table in lines(&mut db, tables).await {
        let sql = format!(
            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from {table} t"
        );
        sums.insert(table, lines(&mut db, &sql).await.remove(0));
    }
    sums
}

/// What an import made, told without ids, because an interrupted one leaves gaps between them.
async fn content(world: &World) -> Vec<String> {
    let mut db = world.as_owner().await;
    let post = "(select kind || source_id from imported where imported.our_id = posts.id and kind in ('post', 'comment'))";
    let mut all = Vec::new();
    for sql in [
        "select concat_ws('|', handle, name, about, about_html, joined_at) from members".to_owned(),
        format!(
            "select concat_ws('|', {post}, threads.title, position, handle, source, replace(html, 'p' || posts.id || '-', 'p-'),
                written_at, edited_at, edited_by is null, kudos_given, reply, md5(search::text))
            from (
                select posts.*, posts.kudos as kudos_given, (select position from posts p where p.id = posts.reply_to_id) as reply
                from posts
            ) as posts
            join threads on threads.id = thread_id
            join members on members.id = posts.author_id"
        ),
        "select concat_ws('|', title, started_at, last_position, replies, kudos, last_post_at, solved_at, locked_at, last.handle,
            (select position from posts where posts.id = solution_id), array(select name from tags join thread_tags on tag_id = id where thread_id = threads.id order by 1))
            from threads join members as last on last.id = last_poster_id".to_owned(),
        format!(
            "select concat_ws('|', {post}, number, title, post_revisions.source, post_revisions.written_at, handle)
            from post_revisions join posts on posts.id = post_id join members on members.id = written_by"
        ),
        "select concat_ws('|', handle, metric, delta, at, split_part(cause, ':', 1), case when cause like 'stack%' then cause end)
            from metric_events join members on members.id = member_id".to_owned(),
        "select concat_ws('|', handle, metric, total) from metric_totals join members on members.id = member_id".to_owned(),
        "select concat_ws('|', handle, rank_id, since) from member_ranks join members on members.id = member_id".to_owned(),
        format!("select concat_ws('|', {post}, given_at) from kudos join posts on posts.id = post_id"),
        "select concat_ws('|', kind, source_id) from imported".to_owned(),
        "select concat_ws('|', name, at) from outbox".to_owned(),
        "select concat_ws('|', sum(threads), sum(posts)) from board_counts group by board_id".to_owned(),
    ] {
        let mut told = lines(&mut db, &sql).await;
        told.sort();
        all.push(sql.chars().take(60).collect());
        all.extend(told);
    }
    all
}

/// Every count that a room keeps beside what it counts, counted anew; empty where all agree.
async fn miscounted(world: &World) -> Vec<String> {
    let sql = "
        select 'thread ' || threads.id || ': ' || title
        from threads
        join lateral (
            select count(*) as posts, max(position) as last, max(written_at) as at, count(*) filter (where position > 1) as replies
            from posts where thread_id = threads.id
        ) as counted on true
        where (threads.last_position, threads.replies, threads.last_post_at, threads.last_position)
            is distinct from (counted.last, counted.replies, counted.at, counted.posts)
            or threads.kudos <> (select posts.kudos from posts where thread_id = threads.id and position = 1)
            or threads.last_poster_id <> (select author_id from posts where thread_id = threads.id and position = last_position)
        union all
        select 'kudos of post ' || posts.id from posts
        where kudos <> (select count(*) from kudos where post_id = posts.id)
        union all
        select 'board ' || boards.slug from boards
        where (select coalesce(sum(threads), 0) from board_counts where board_id = boards.id)
                <> (select count(*) from threads where board_id = boards.id)
            or (select coalesce(sum(posts), 0) from board_counts where board_id = boards.id)
                <> (select count(*) from posts join threads on threads.id = thread_id where board_id = boards.id)
        union all
        select 'total of ' || member_id || ' ' || metric from metric_totals
        where total <> (select sum(delta) from metric_events e where (e.member_id, e.metric) = (metric_totals.member_id, metric_totals.metric))
        union all
        select 'rank of ' || metric_totals.member_id from metric_totals
        left join member_ranks using (member_id)
        where metric = 'points'
            and coalesce(rank_id, (select id from ranks where position = 1))
                <> (select id from ranks where points <= total order by points desc limit 1)
        union all
        select 'solution of ' || threads.id from threads
        where solution_id is distinct from (select post_id from acceptances where thread_id = threads.id and undone_at is null)";
    lines(&mut world.as_owner().await, sql).await
}

#[tokio::test]
async fn a_dirty_dump_is_stored_as_far_as_it_goes_and_says_what_was_not() {
    let world = World::new().await;

    let report = imported(&world, &dirty()).await;

    insta::assert_snapshot!(report);
    assert!(report.holds());
    assert_eq!(miscounted(&world).await, Vec::<String>::new());
    insta::assert_snapshot!(content(&world).await.join("\n"));
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    for site in [vec![dirty()], real_sites()].concat() {
        let world = World::new().await;
        imported(&world, &site).await;
        let before = everything(&world).await;

        let again = imported(&world, &site).await;

        assert_eq!(again.changes, 0);
        assert!(again.holds());
        assert!(again.to_string().ends_with("0 changes\n"));
        assert_eq!(everything(&world).await, before);
        assert!(again.tables.values().all(|tally| tally.stored == 0));
    }
}

#[tokio::test]
async fn real_sites_come_whole_and_every_post_shows_its_up_votes() {
    for site in real_sites() {
        let world = World::new().await;
        let began = Instant::now();

        let report = imported(&world, &site).await;

        println!("{} in {:?}\n{report}", site.display(), began.elapsed());
        assert!(report.holds() && report.score.holds());
        assert_eq!(miscounted(&world).await, Vec::<String>::new());
        let posts: Vec<PostRow> =
            Rows::open(&site).unwrap().map(|row| row.unwrap().unwrap()).collect();
        let mut ups: HashMap<i64, i64> = posts.iter().map(|post| (post.id, 0)).collect();
        for vote in Rows::<VoteRow>::open(&site).unwrap().map(|row| row.unwrap().unwrap()) {
            if vote.kind == VoteKind::Up
                && let Some(up) = ups.get_mut(&vote.post)
            {
                *up += 1;
            }
        }
        let shown = "select source_id || ' ' || kudos from imported join posts on id = our_id where kind = 'post'";
        let shown = lines(&mut world.as_app().await, shown).await;
        assert_eq!(shown.len() as u64, report.tables[&Table::Posts].stored);
        for line in shown {
            let (post, kudos) = line.split_once(' ').unwrap();
            assert_eq!(
                ups[&post.parse::<i64>().unwrap()],
                kudos.parse::<i64>().unwrap(),
                "post {post}"
            );
        }
        let solved = "select question.source_id || ' ' || answer.source_id
            from threads
            join posts on posts.thread_id = threads.id and position = 1
            join imported as question on question.our_id = posts.id and question.kind = 'post'
            join imported as answer on answer.our_id = solution_id and answer.kind = 'post'";
        let mut solved = lines(&mut world.as_app().await, solved).await;
        let accepted =
            posts.iter().filter_map(|post| Some(format!("{} {}", post.id, post.accepted_answer?)));
        let mut accepted: Vec<String> = accepted.collect();
        solved.sort();
        accepted.sort();
        assert_eq!(solved, accepted);
    }
}

#[tokio::test]
async fn nobody_hears_of_what_was_imported() {
    let world = World::new().await;

    imported(&world, &dirty()).await;

    assert_eq!(world.count("select count(*) from outbox_pending").await, 0);
    assert_eq!(world.count("select count(*) from outbox where name = 'post_written'").await, 3);
    world.run_jobs().await;
    assert!(world.mails().is_empty());
    assert_eq!(world.count("select count(*) from notifications").await, 0);
}

#[tokio::test]
async fn an_import_that_was_killed_is_completed_by_the_next() {
    for (site, steps) in
        [(dirty(), 3)].into_iter().chain(real_sites().into_iter().map(|site| (site, 9)))
    {
        let whole = World::new().await;
        let began = Instant::now();
        imported(&whole, &site).await;
        let lasts = began.elapsed();

        let cut = World::new().await;
        let mut died = 0;
        for step in 0..steps {
            // Not the same point twice, and the later ones later, as each run comes further.
            let after = lasts.mul_f64(0.07 + 0.11 * f64::from(step)).max(Duration::from_millis(1));
            let run = imported(&cut, &site);
            died += u32::from(tokio::time::timeout(after, run).await.is_err());
        }
        let last = imported(&cut, &site).await;

        println!("{}: died {died} times, last run {} changes", site.display(), last.changes);
        assert!(last.holds());
        assert_eq!(miscounted(&cut).await, Vec::<String>::new());
        let (expected, found) = (content(&whole).await, content(&cut).await);
        let differs = expected.iter().zip(&found).find(|(a, b)| a != b);
        assert_eq!(differs, None);
        assert_eq!(expected.len(), found.len());
    }
}

#[tokio::test]
async fn an_import_goes_on_beside_members_who_are_here_already() {
    let world = World::new().await;
    let zoe = world.member("zoe-co").await;

    imported(&world, &dirty()).await;
    let page = zoe.get("/m/zoe-co-2").await.status;

    assert_eq!(world.count("select count(*) from members where handle = 'zoe-co-2'").await, 1);
    assert!(page.as_u16() == 200 || page.as_u16() == 404);
    world.run_jobs().await;
}

/// Members' points beside the reputation that their dump gives them: by rank, over members with at least
/// fifty points. The orders need not be the same. A dump's reputation has what no dump tells us: votes are
/// ten a piece there and four here against fifteen for a solution in both, down votes and bounties cost and
/// bring reputation, and every account with an association bonus begins with a hundred more; we also give
/// points for writing at all.
#[tokio::test]
async fn points_order_members_as_the_reputation_of_their_dump_does() {
    let Some(site) = real_sites().into_iter().find(|site| site.ends_with("stackexchange-coffee"))
    else {
        return;
    };
    let world = World::new().await;
    imported(&world, &site).await;
    let mut db = world.as_owner().await;
    let sql = "select imported.source_id || ' ' || total
        from imported
        join metric_totals on metric_totals.member_id = imported.our_id and metric = 'points'
        where imported.kind = 'user' and total >= 50";
    let points: BTreeMap<i64, i64> =
        lines(&mut db, sql).await.iter().map(|line| pair(line)).collect();
    let users: Rows<UserRow> = Rows::open(&site).unwrap();
    let reputation: BTreeMap<i64, i64> = users
        .filter_map(|row| row.expect("the disk works").ok())
        .filter_map(|user| Some((user.id, user.reputation?)))
        .collect();
    let both: Vec<(i64, i64)> =
        points.iter().filter_map(|(id, points)| Some((*points, *reputation.get(id)?))).collect();
    assert!(both.len() >= 50, "only {} members have as many points", both.len());

    let agreement = spearman(&both);

    assert!(agreement >= 0.9, "{agreement} over {} members", both.len());
    eprintln!("{agreement:.3} over {} members", both.len());
}

fn pair(line: &str) -> (i64, i64) {
    let (one, other) = line.split_once(' ').unwrap();
    (one.parse().unwrap(), other.parse().unwrap())
}

/// How far two orders agree: Pearson's correlation of the ranks, where those who tie share the mean.
fn spearman(pairs: &[(i64, i64)]) -> f64 {
    let ranks = |values: Vec<i64>| -> Vec<f64> {
        let rank = |value: &i64| {
            let below = values.iter().filter(|other| *other < value).count() as f64;
            let same = values.iter().filter(|other| *other == value).count() as f64;
            below + (same + 1.0) / 2.0
        };
        values.iter().map(rank).collect()
    };
    let one = ranks(pairs.iter().map(|(one, _)| *one).collect());
    let other = ranks(pairs.iter().map(|(_, other)| *other).collect());
    let mean = (pairs.len() as f64 + 1.0) / 2.0;
    let spread = |ranks: &[f64]| ranks.iter().map(|rank| (rank - mean).powi(2)).sum::<f64>();
    let shared: f64 =
        one.iter().zip(&other).map(|(one, other)| (one - mean) * (other - mean)).sum();
    shared / (spread(&one) * spread(&other)).sqrt()
}

#[tokio::test]
async fn what_was_a_duplicate_there_is_one_here_and_leads_to_its_original() {
    for site in real_sites() {
        let world = World::new().await;
        let rows = Rows::<LinkRow>::open(&site).unwrap();
        let mut links = Vec::new();
        for row in rows {
            let row = row.unwrap().unwrap();
            if row.kind == LinkKind::Duplicate {
                links.push((row.post, row.target));
            }
        }

        let report = imported(&world, &site).await;
        let again = imported(&world, &site).await;

        let here = |post: i64| {
            format!(
                "(select thread_id from posts join imported on our_id = posts.id
                where kind = 'post' and source_id = {post})"
            )
        };
        let (mut joined, mut last) = (0, 0);
        for &(post, target) in &links {
            let known = format!(
                "select count(*) from posts where thread_id in ({}, {})",
                here(post),
                here(target)
            );
            let both = format!(
                "select count(distinct thread_id) from posts where thread_id in ({}, {})",
                here(post),
                here(target)
            );
            if world.count(&known).await == 0 || world.count(&both).await < 2 {
                continue;
            }
            let thread = world.count(&format!("select {}", here(post))).await;
            let page = world.guest().get(&format!("/t/{thread}")).await.expect(308).follow().await;
            let original = world.count(&format!("select {}", here(target))).await;
            let link = page.part("#original").hrefs().remove(0);
            assert!(link.starts_with(&format!("/t/{original}/")), "{link}");
            let page = world.guest().get(&link).await.expect(200);
            let back = page.part(".duplicates").hrefs();
            assert!(back.iter().any(|href| href.starts_with(&format!("/t/{thread}/"))), "{back:?}");
            (joined, last) = (joined + 1, thread);
        }
        eprintln!("{}: {joined} of {} duplicates", site.display(), links.len());
        assert_eq!(report.tables[&Table::PostLinks].stored, joined);
        assert_eq!(again.changes, 0);
        let tom = world.moderator("house-moderator").await;
        tom.press(&format!("/t/{last}/duplicate/undo")).await.expect(303);
        assert_eq!(imported(&world, &site).await.changes, 0, "what people part stays parted");
        let still = format!("select count(*) from duplicates where thread_id = {last}");
        assert_eq!(world.count(&still).await, 0);
        world.run_jobs().await;
    }
}
