//! What may stand in which file.

use super::{assert_none, files, root};
use sha2::{Digest, Sha256};
use std::fs;

#[test]
fn no_file_is_longer_than_500_lines() {
    let all =
        [files("src", &["rs"]), files("tests", &["rs"]), files("templates", &["html", "txt"])];
    let long: Vec<_> = all
        .iter()
        .flatten()
        .filter(|file| file.text.lines().count() > 500)
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();

    assert_none(&long, "Files are cut by noun or deed before they reach 500 lines.");
}

#[test]
fn no_stylesheet_is_longer_than_300_lines() {
    let long: Vec<_> = files("static/css", &["css"])
        .iter()
        .filter(|file| file.text.lines().count() > 300)
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();

    assert_none(&long, "A stylesheet is one component, in at most 300 lines.");
}

#[test]
fn sql_does_not_know_the_time() {
    let clocks =
        ["now()", "current_timestamp", "current_date", "localtimestamp", "clock_timestamp("];
    let mut broken = Vec::new();
    for file in files("src", &["rs"]).iter().chain(&files("migrations", &["sql"])) {
        // It asks PostgreSQL whether a transaction is open, which the two clocks answer.
        if file.path.starts_with("src/database/") {
            continue;
        }
        for (number, line) in file.lines() {
            // `app.now()` and `Instant::now()` are ours.
            let asks = |clock: &&str| {
                line.match_indices(*clock).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_.:".contains(c))
                })
            };
            if !is_comment(line) && clocks.iter().any(asks) {
                broken.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }

    assert_none(&broken, "A deed has one time, `app.now()`, and hands it to its queries.");
}

#[test]
fn only_the_clock_reads_the_time() {
    let reads = ["now_utc", "now_local", "SystemTime::now"];
    let broken = lines_with(&reads, |path| path == "src/kit/clock.rs");

    assert_none(&broken, "Only kit/clock.rs reads the time; everything else takes `now`.");
}

#[test]
fn only_config_reads_the_environment() {
    let reads = ["env::var", "env::vars"];
    // The command line hands the names of all variables to config, which refuses unknown ones; the private
    // PostgreSQL is looked for on the PATH.
    let others = ["src/command/mod.rs", "src/database/embedded/account.rs"];
    let broken =
        lines_with(&reads, |path| path.starts_with("src/config") || others.contains(&path));

    assert_none(&broken, "Only config.rs reads the environment.");
}

#[test]
fn queries_stand_in_stores_and_views() {
    let macros = ["query!(", "query_as!(", "query_scalar!(", "query_file!(", "query_unchecked!("];
    let broken = lines_with(&macros, |path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        matches!(name, "store.rs" | "views.rs")
            || ["/store/", "/views/"].iter().any(|folder| path.contains(folder))
    });

    assert_none(&broken, "SQL stands in store.rs, or in views.rs where it joins a page together.");
}

#[test]
fn views_only_read() {
    let views = |path: &str| path.ends_with("/views.rs") || path.contains("/views/");
    let writes = ["insert into", "delete from", "update ", "for update"];
    let broken: Vec<_> = lines_with(&writes, |path| !views(path));

    assert_none(&broken, "A view joins tables for one page; rooms alone write theirs.");
}

#[test]
fn queries_name_their_columns() {
    let broken = lines_with(&["select *", ".*,"], |path| path.starts_with("src/database/"));
    let broken: Vec<_> = broken.into_iter().filter(|line| !line.contains("count(*)")).collect();

    assert_none(&broken, "A query names its columns, so that a new one changes nothing.");
}

#[test]
fn nothing_is_left_for_later() {
    let words = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let kinds = ["rs", "html", "txt", "sql", "css", "js", "ftl", "sh", "md", "toml"];
    let folders = ["src", "tests", "templates", "migrations", "static", "locales", "bin", "docs"];
    let mut broken = Vec::new();
    for file in folders.iter().flat_map(|folder| files(folder, &kinds)) {
        if file.path.contains("/node_modules/") || file.path.contains("/vendor/") {
            continue;
        }
        for (number, line) in file.lines() {
            let marked =
                |word: &String| line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
            if words.iter().any(marked) {
                broken.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }

    assert_none(&broken, "What is left for later has an issue, not a mark in the code.");
}

#[test]
fn safe_is_said_of_rendered_markdown_alone() {
    // Fields of the type `markup::Html`, which the renderer alone makes; `html` is a preview's.
    let allowed = [
        "post.html|safe",
        "html|safe",
        "line.html|safe",
        "revision.html|safe",
        "profile.about_html|safe",
        "held.html|safe",
        "open.subject.html|safe",
        "terms.html|safe",
    ];
    let mut broken = Vec::new();
    for file in files("templates", &["html", "txt"]) {
        for (number, line) in file.lines() {
            for (at, _) in line.match_indices("|safe").chain(line.match_indices("| safe")) {
                let begin = line[..at].rfind(['{', ' ', '(', '~']).map_or(0, |begin| begin + 1);
                let end = line[at..].find("safe").map_or(at, |length| at + length + 4);
                let expression = &line[begin..end];
                if !allowed.contains(&expression) {
                    broken.push(format!("{}:{number}: {expression}", file.path));
                }
            }
        }
    }

    assert_none(
        &broken,
        "`|safe` is for fields of the type markup::Html: name new ones in this test.",
    );
}

#[test]
fn every_template_is_used() {
    let (code, templates) = (files("src", &["rs"]), files("templates", &["html", "txt", "xml"]));
    let everything: String =
        code.iter().chain(&templates).flat_map(|file| [file.text.as_str(), "\n"]).collect();
    let unused: Vec<_> = templates
        .iter()
        .map(|file| file.path.trim_start_matches("templates/"))
        .filter(|name| !everything.contains(&format!("\"{name}\"")))
        .map(ToOwned::to_owned)
        .collect();

    assert_none(&unused, "A template nobody draws is deleted.");
}

#[test]
fn pages_carry_no_inline_style_or_script() {
    let mut broken = Vec::new();
    for file in files("templates", &["html"]) {
        if file.path.starts_with("templates/mail/") {
            continue;
        }
        for (number, line) in file.lines() {
            let inline = [" style=", "<style", "<script>", " onclick=", " onload=", " onsubmit="];
            if inline.iter().any(|what| line.contains(what)) {
                broken.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }

    assert_none(&broken, "The content security policy would refuse it; mails have no stylesheet.");
}

#[test]
fn migrations_are_named_for_what_they_do_and_say_why() {
    let mut broken = Vec::new();
    for file in files("migrations", &["sql"]) {
        let name = file.path.trim_start_matches("migrations/").trim_end_matches(".sql");
        let (stamp, words) = name.split_once('_').unwrap_or((name, ""));
        let dated = stamp.len() == 14 && stamp.chars().all(|c| c.is_ascii_digit());
        let worded =
            words.contains('_') && words.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if !dated || !worded {
            broken.push(format!("{}: call it YYYYMMDDhhmmss_verb_noun.sql", file.path));
        }
        if !file.text.starts_with("-- ") {
            broken.push(format!("{}: open it with a comment", file.path));
        }
    }

    assert_none(
        &broken,
        "Whoever reads a migration years later has only its name and its comment.",
    );
}

#[test]
fn migrations_are_never_changed_once_landed() {
    let kept = fs::read_to_string(root().join("tests/data/migrations.sha256")).unwrap_or_default();
    let mut broken = Vec::new();
    for file in files("migrations", &["sql"]) {
        let name = file.path.trim_start_matches("migrations/");
        let hash = Sha256::digest(file.text.as_bytes());
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        if !kept.lines().any(|line| line == format!("{hash}  {name}")) {
            broken.push(name.to_owned());
        }
    }
    for line in kept.lines() {
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        if !root().join("migrations").join(name).exists() {
            broken.push(format!("{name} is gone"));
        }
    }

    assert_none(
        &broken,
        "A landed migration ran in databases we shall never see: write another. For a new one run \
        (cd migrations && sha256sum *.sql) > tests/data/migrations.sha256",
    );
}

#[test]
fn every_form_refuses_fields_that_it_does_not_know() {
    // What a provider sends along is its own affair.
    const FREE: [&str; 1] = ["Said"];
    let is_form = |path: &str| {
        let ends = ["/forms.rs", "/form.rs", "/query.rs", "/pages.rs"];
        path.contains("/pages/")
            || path.contains("/forms/")
            || ends.iter().any(|it| path.ends_with(it))
    };
    let mut lax = Vec::new();
    for file in files("src", &["rs"]).iter().filter(|file| is_form(&file.path)) {
        for (at, _) in file.text.match_indices("struct ") {
            let before = file.text[..at].rsplit("\n\n").next().unwrap_or_default();
            let name = file.text[at + 7..].split([' ', '(', '<', ';']).next().unwrap_or_default();
            let reads = before.contains("Deserialize") && !before.contains("deny_unknown_fields");
            if reads && !before.contains("transparent") && !FREE.contains(&name) {
                lax.push(format!("{}: {name}", file.path));
            }
        }
    }

    assert_none(&lax, "A form, and what stands behind a question mark, knows its fields.");
}

/// Lines of code under src/ with one of `words`, in files that may not have them.
fn lines_with(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files("src", &["rs"]).iter().filter(|file| !may(&file.path)) {
        for (number, line) in file.lines() {
            if !is_comment(line) && words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    found
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("--")
}

#[test]
fn what_is_typed_as_a_password_is_named_so() {
    let mut fields = Vec::new();
    for file in files("templates", &["html"]) {
        let named = |name: &str| format!("{}: {}", file.path, name.trim_matches('"'));
        for call in file.text.split("ui::field(").skip(1) {
            let arguments: Vec<&str> =
                call.split(") %}").next().unwrap_or_default().split(',').map(str::trim).collect();
            if arguments.get(5) == Some(&"\"password\"") {
                fields.push(named(arguments[2]));
            }
        }
        for tag in file.text.split("type=\"password\"").skip(1) {
            let name = tag.split("name=\"").nth(1).and_then(|rest| rest.split('"').next());
            fields.push(named(name.unwrap_or_default()));
        }
    }

    assert!(fields.len() > 8, "{fields:?}");
    fields.retain(|field| !field.ends_with("password"));
    assert_none(
        &fields,
        "A page about an error gives back what was typed, but for what is called so.",
    );
}
