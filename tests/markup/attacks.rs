use crate::{corpus, safety::drawn_safely};
use candor::markup::{diff, mentions, quote};
use proptest::prelude::*;

/// Places in a source where an author's text ends up in other surroundings.
const PLACES: [&str; 16] = [
    "@",
    "x @ y",
    "- @",
    "> @",
    "> [quote=ada, post=1]\n> @",
    "|a|\n|-|\n|@|",
    "[a](@)",
    "[a](<@> \"@\")",
    "![@](@ \"@\")",
    "<a href=\"@\" title='@'>x</a>",
    "<details><summary>@</summary>\n\n@\n</details>",
    "```@\n@\n```",
    "[@]: @ '@'\n\n[@]",
    "a[^@]\n\n[^@]: @",
    "||@|| `@` :@: @@",
    "<img src=@ alt=@ x",
];

/// Attacks on sanitisers and Markdown that went through somewhere once; mutation by the parser first.
const VECTORS: [&str; 34] = [
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src onerror=alert(1)>\">",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src onerror=alert(1)>\">",
    "<title><a title=\"</title><script>alert(1)</script>\">",
    "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text x=20 y=20>x</text></a>",
    "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz4=#x\"/></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<IMG SRC=`javascript:alert(1)`>",
    "<a href=\"java&#x09;script:alert(1)\">x</a>",
    "<a href=\"&#1;javascript:alert(1)\">x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href=\"  &#14;  javascript:alert(1)\">x</a>",
    "javascript&#58;alert(1)",
    "jAvAsCrIpT:alert(1)",
    "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "\\\\evil.example",
    "/\\evil.example",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "x\u{0}y<scr\u{0}ipt>alert(1)</script>",
    "<b hx-get=/x hx-trigger=load data-x=1 style=position:fixed id=p41-fn-1 class=quote>x</b>",
    "<div class=\"mention\" style=\"background:url(//evil.example)\">x</div>",
    "<!--><img src=x onerror=alert(1)>-->",
];

fn attack(text: &str) {
    for place in PLACES {
        // A refusal is as good as a clean page.
        let _ = drawn_safely(&place.replace('@', text));
    }
}

#[test]
fn known_attacks_become_harmless_wherever_they_stand() {
    VECTORS.into_iter().for_each(attack);
}

#[test]
fn events_on_every_tag_become_harmless() {
    for tag in [
        "a", "b", "img", "svg", "details", "input", "video", "body", "x-y", "summary", "li",
        "table",
    ] {
        for event in
            ["onclick", "onerror", "ontoggle open", "onpointerrawupdate", "ONLOAD", "\u{c}onfocus"]
        {
            drawn_safely(&format!("<{tag} {event}=alert(1) src=x href=x>y</{tag}>")).unwrap();
            drawn_safely(&format!("x <{tag}/{event}='alert(1)'/>y")).unwrap();
        }
    }
}

#[test]
fn the_sanitisers_corpus_becomes_harmless() {
    let Some(text) = corpus("dompurify/expect-half.json") else { return };
    let fixtures: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(fixtures.len() > 100);
    fixtures.iter().filter_map(|fixture| fixture["payload"].as_str()).for_each(attack);
}

#[test]
fn markdowns_attack_corpus_becomes_harmless() {
    let Some(text) = corpus("markdown_it/xss.txt") else { return };
    text.split("\n.\n").for_each(attack);
}

#[test]
fn naughty_strings_become_harmless() {
    let Some(text) = corpus("blns/blns.json") else { return };
    let strings: Vec<String> = serde_json::from_str(&text).unwrap();
    strings.iter().for_each(|string| attack(string));
}

/// Signs that mean something, in whatever order.
fn signs() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(
        &[
            "*",
            "**",
            "_",
            "~~",
            "||",
            "`",
            "```",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "    ",
            "# ",
            "|",
            "|-|\n",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](/files/a)",
            "](https://x.example)",
            "<b>",
            "</b>",
            "<details>",
            "</details>",
            "<summary>",
            "</summary>",
            "<a href=",
            "</a>",
            "<img src=",
            "<p>",
            "</p>",
            "<!--",
            "-->",
            "<",
            ">",
            "\"",
            "'",
            "&",
            "&lt;",
            "@ada",
            "[quote=ada, post=3]",
            "[^1]",
            "[^1]: ",
            "[ ] ",
            "[x] ",
            ":+1:",
            "a",
            "é",
            " ",
            "\t",
            "\\",
            "www.x.example",
            "a@x.example",
            "---\n",
            "<ruby>",
            "<svg>",
            "<code>",
            "</code>",
            "\u{0}",
            "日",
        ][..],
    );
    prop::collection::vec(sign, 0..60).prop_map(|signs| signs.concat())
}

proptest! {
    #[test]
    fn anything_can_be_drawn_safely(source: String) {
        let _ = drawn_safely(&source);
    }

    #[test]
    fn any_signs_can_be_drawn_safely(source in signs()) {
        let _ = drawn_safely(&source);
    }

    #[test]
    fn looking_for_mentions_finds_what_drawing_finds(source in signs()) {
        if let Ok(rendered) = candor::markup::render(&source, &candor::markup::Context::default()) {
            prop_assert_eq!(mentions(&source), rendered.mentions);
        }
    }

    #[test]
    fn anything_can_be_quoted(source in signs()) {
        let quoted = quote(Some("ada"), 3, &source);
        if let Ok(rendered) = candor::markup::render(&quoted, &candor::markup::Context::default()) {
            prop_assert_eq!(rendered.quotes.len(), 1);
            prop_assert!(rendered.mentions.is_empty());
        }
    }

    #[test]
    fn any_two_versions_can_be_compared(old in signs(), new in signs()) {
        prop_assert_eq!(diff(&old, &new).is_empty(), old.lines().eq(new.lines()));
    }
}
