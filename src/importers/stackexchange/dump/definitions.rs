//! The one place where Stack Exchange's older Markdown shows otherwise as `CommonMark`.

/// Sets link definitions (`[1]: http://…`) apart from a paragraph they directly follow.
///
/// Until 2020 a definition could end a paragraph; `CommonMark` takes it for the paragraph's last
/// line, and then every link that uses it falls apart. Nothing else of the text changes.
pub fn with_definitions_apart(markdown: &str) -> String {
    let mut apart = String::with_capacity(markdown.len() + 8);
    let mut fenced = false;
    let mut in_paragraph = false;
    for line in markdown.split_inclusive('\n') {
        let start = line.trim_start();
        let is_fence = start.starts_with("```") || start.starts_with("~~~");
        fenced ^= is_fence;
        let defines = !fenced && is_definition(line);
        if defines && in_paragraph {
            apart.push('\n');
        }
        in_paragraph = !fenced && !is_fence && !defines && !start.is_empty();
        apart.push_str(line);
    }
    apart
}

/// `[name]: address`, indented by no more than three spaces.
fn is_definition(line: &str) -> bool {
    let start = line.trim_start_matches(' ');
    if line.len() - start.len() > 3 {
        return false;
    }
    let named = start.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    named.is_some_and(|(name, address)| {
        !name.trim().is_empty() && !name.contains(['[', ']']) && !address.trim().is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_set_apart_from_paragraphs_and_nothing_else_changes() {
        assert_eq!(
            with_definitions_apart("See [a][1].\n  [1]: http://a\n  [2]: http://b\n"),
            "See [a][1].\n\n  [1]: http://a\n  [2]: http://b\n"
        );
        for same in [
            "See [a][1].\n\n[1]: http://a",
            "[1]: http://a\nText",
            "Text\n    [1]: http://in-a-list-perhaps",
            "```\nx\n[1]: y\n```\n",
            "Text\n[1] : no\n[]: no\n[x]:\n",
            "",
        ] {
            assert_eq!(with_definitions_apart(same), same);
        }
    }
}
