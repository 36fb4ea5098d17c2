/// Where to go after signing in or agreeing: a path of ours, or home. Anything else could lead astray.
pub fn safe_back(back: &str) -> &str {
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
