//! Reading Stack Exchange dumps: a tiny dirty one of our own, and two real ones.

use candor::importers::stackexchange::dump::*;
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
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

fn all<T: Row>(folder: &Path) -> Vec<T> {
    let rows = Rows::open(folder).expect("the fixture is there");
    rows.filter_map(|row| row.expect("the disk works").ok()).collect()
}

/// The words a reader sees, except those of links: Stack Exchange shows titles for bare addresses.
fn words(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_fragment(html);
    let texts = page.tree.nodes().filter(|node| {
        let mut above = node.ancestors().filter_map(|above| above.value().as_element());
        !above.any(|element| element.name() == "a")
    });
    let texts = texts.filter_map(|node| Some(node.value().as_text()?.to_string()));
    let spaced = texts.map(|text| text.replace(|c: char| !c.is_alphanumeric(), " "));
    spaced.collect::<String>().split_whitespace().map(str::to_lowercase).collect()
}

/// Without `[tag:a]` and `[meta-tag:a]`, which Stack Exchange shows as links.
fn without_tags(markdown: &str) -> String {
    let mut pieces = markdown.split("[tag:").flat_map(|piece| piece.split("[meta-tag:"));
    let start = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(start, |text, piece| text + piece.split_once(']').map_or(piece, |(_, rest)| rest))
}

fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    comrak::markdown_to_html(markdown, &options)
}

#[test]
fn a_dirty_dump_is_read_as_far_as_it_goes_and_says_what_was_wrong() {
    let survey = Survey::of(&dirty()).unwrap();

    insta::assert_snapshot!(survey, @r"
    Users               3 rows read, 1 skipped
      skipped 1: Id is missing
      Users line 6: Id is missing
      Reputation: 1 values make no sense and count as absent
    Posts               4 rows read, 1 skipped
      skipped 1: CreationDate is not a time
      Posts line 6 (id 4): CreationDate is not a time
      Colour: unknown column in 1 rows, not read
    Comments            2 rows read, 0 skipped
      2 forbidden characters left out
    Votes               7 rows read, 0 skipped
    Badges              1 rows read, 1 skipped
      skipped 1: the row is cut short
      Badges line 3: the row is cut short
      the file breaks off before its closing tag
    PostHistory         2 rows read, 1 skipped
      skipped 1: the row is cut short
      PostHistory line 3: the row is cut short
    Tags                2 rows read, 0 skipped
    PostLinks   no such file
    ");
}

#[test]
fn what_dirty_rows_hold_comes_through() {
    let users: Vec<UserRow> = all(&dirty());
    assert_eq!(users[1].name.as_deref(), Some("Zoë & co"));
    assert_eq!(users[1].about_html.as_deref(), Some("<p>a</p>\n"));
    assert_eq!((users[1].reputation, users[2].name.clone()), (None, None));

    let posts: Vec<PostRow> = all(&dirty());
    assert_eq!(posts[0].tags, posts[2].tags);
    assert_eq!((posts[1].owner, posts[1].owner_name.as_deref()), (None, Some("user7")));
    assert_eq!(posts[3].kind, PostKind::Other(17));

    let comments: Vec<CommentRow> = all(&dirty());
    assert_eq!(comments[0].text, "abc <i> 😀");
    assert_eq!(comments[1].text, "two\nlines > one");
}

#[test]
fn votes_that_do_not_add_up_are_named() {
    let check =
        ScoreCheck::of(Rows::open(&dirty()).unwrap(), Rows::open(&dirty()).unwrap()).unwrap();

    assert!(!check.holds());
    insta::assert_snapshot!(check, @r"
    Up-votes minus down-votes equal the score of 2 of 4 posts.
    1 posts have no score to compare with.
      post 2: 1 up - 0 down = 1, but its score is 5
    1 rows of Posts could not be read and are not counted.
    1 votes of kind Up are on posts the dump does not have.
    1 votes of kind Deletion are on posts the dump does not have.
    ");
}

#[test]
fn markdown_older_than_the_last_edit_is_not_current() {
    let history: Vec<HistoryRow> = all(&dirty());
    let posts: Vec<PostRow> = all(&dirty());
    let mut heads = Heads::default();
    history.iter().for_each(|row| heads.take_in(row));

    let head = heads.of(1).unwrap();
    assert_eq!((head.body_row(), head.is_current(&posts[0])), (3, false));
    assert_eq!(latest_markdown(&history), Some("Why *so*?"));
}

#[test]
fn every_row_and_every_column_of_the_real_dumps_is_read() {
    for site in real_sites() {
        let survey = Survey::of(&site).unwrap();

        println!("{}\n{survey}", site.display());
        assert!(survey.absent.is_empty());
        for (table, found) in &survey.tables {
            let file = fs::read_to_string(site.join(format!("{table}.xml"))).unwrap();
            let lines = file.lines().filter(|line| line.contains("<row ")).count() as u64;
            assert_eq!(found.notes, Notes { rows_read: lines, ..Notes::default() }, "{table}");
        }
    }
}

#[test]
fn in_the_real_dumps_the_votes_of_every_post_are_its_score() {
    for site in real_sites() {
        let check = ScoreCheck::of(Rows::open(&site).unwrap(), Rows::open(&site).unwrap()).unwrap();

        println!("{}\n{check}", site.display());
        assert!(check.holds());
    }
}

#[test]
fn the_history_of_the_real_dumps_holds_the_markdown_of_every_post() {
    for site in real_sites() {
        let mut heads = Heads::default();
        let mut texts = HashMap::new();
        for row in all::<HistoryRow>(&site) {
            heads.take_in(&row);
            texts.insert(row.id, row.text.unwrap_or_default());
        }
        let posts: Vec<PostRow> = all(&site);
        let (mut current, mut same, mut converted) = (0, 0, 0);
        for post in &posts {
            let head = heads.of(post.id).unwrap();
            current += usize::from(head.is_current(post));
            let seen = words(&post.body_html);
            let from_history =
                words(&rendered(&without_tags(&with_definitions_apart(&texts[&head.body_row()]))));
            same += usize::from(seen == from_history);
            let back = words(&rendered(&html_to_markdown(&post.body_html).unwrap()));
            converted += usize::from(seen == back);
        }
        println!(
            "{}: {} posts; {current} current by date, {same} with the same words from history, \
             {converted} with the same words from converted HTML",
            site.display(),
            posts.len(),
        );
        assert_eq!(current, posts.len());
        assert!(same * 100 >= posts.len() * 96 && converted * 100 >= posts.len() * 99);
    }
}
