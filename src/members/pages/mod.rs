mod browser;
pub(super) mod close;
pub(super) mod confirm;
pub(super) mod profile;
pub(super) mod reset;
pub(super) mod security;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod sign_in;
pub(super) mod sign_up;

use crate::web::Shell;
use askama::Template;

/// A page that says one thing and offers one deed.
#[derive(Template)]
#[template(path = "members/say.html")]
struct Say {
    shell: Shell,
    title: String,
    words: String,
    /// Address and words of the button.
    deed: Option<(String, String)>,
}

/// Where to go after signing in: a path of ours, or home. Anything else could lead astray.
fn safe_back(back: &str) -> &str {
    let ours = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\n', '\r', '\t'])
        && back.is_ascii()
        && back.len() < 500;
    if ours { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::safe_back;

    #[test]
    fn only_our_own_paths_lead_back() {
        assert_eq!(safe_back("/t/7/printer?page=2"), "/t/7/printer?page=2");
        for astray in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\n/evil",
            "javascript:1",
        ] {
            assert_eq!(safe_back(astray), "/", "{astray}");
        }
    }
}
