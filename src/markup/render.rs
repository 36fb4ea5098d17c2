use super::{Attached, Html, Quote, TooMuch, allowed, draw, source};
use comrak::Arena;

/// Version of the renderer, stored beside each post's HTML; raised whenever the same source would
/// become other HTML, so that a job can draw old posts again.
pub const RENDERER: i32 = 2;

/// What drawing must be told, because it looks nothing up.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Whether a member has this handle, as typed: then its mention becomes a link. Ask the
    /// database for all of [`mentions`] first.
    pub knows: &'a dyn Fn(&str) -> bool,
    /// What lies at `/files/7`, where the post may show it. Ask the database for all of
    /// [`uploads`](super::uploads) first.
    pub attached: &'a dyn Fn(i64) -> Option<Attached>,
    /// The thread the post stands in, so that quotes link to what they quote.
    pub thread: Option<i64>,
    /// Begins every `id` in the HTML, because many posts share a page: `p41-`. Lower-case ASCII
    /// letters, digits and `-`; other characters are left out.
    pub prefix: &'a str,
}

impl Default for Context<'_> {
    /// Nobody is known, and nothing is quoted from a thread.
    fn default() -> Self {
        Self { knows: &|_| false, attached: &|_| None, thread: None, prefix: "" }
    }
}

/// A source, drawn, and what it speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// What is shown.
    pub html: Html,
    /// Handles as typed after `@`, each once, at most 20; none from code, links, quotes, footnotes.
    pub mentions: Vec<String>,
    /// Whom it quotes; quotes within quotes are left out.
    pub quotes: Vec<Quote>,
    /// Where it links to, each once: full addresses, and paths on this site.
    pub links: Vec<String>,
    /// What it shows of this site's files, each once.
    pub attachments: Vec<i64>,
}

/// Draws `source` as safe HTML, or says what about it is too much.
///
/// Costs up to tens of milliseconds for the longest sources, more for the first code in a language:
/// call it where blocking is allowed.
pub fn render(source: &str, context: &Context<'_>) -> Result<Rendered, TooMuch> {
    let arena = Arena::new();
    let root = source::parse(&arena, source)?;
    let drawn = draw::draw(root, context, draw::Purpose::Page { source_length: source.len() })?;
    Ok(Rendered {
        html: Html::trusted(allowed::clean(&drawn.html)),
        mentions: drawn.mentions,
        quotes: drawn.quotes,
        links: drawn.links,
        attachments: drawn.attachments,
    })
}

/// The handles [`render`] will find, so that the caller can look them up beforehand. None for a
/// source that will be refused.
pub fn mentions(source: &str) -> Vec<String> {
    addressed(source).0
}

/// Whom a source speaks to: the handles it mentions and the posts it quotes, as [`render`] will find
/// them. Nobody, for a source that will be refused.
pub fn addressed(source: &str) -> (Vec<String>, Vec<Quote>) {
    let arena = Arena::new();
    source::parse(&arena, source)
        .and_then(|root| draw::draw(root, &Context::default(), draw::Purpose::Mentions))
        .map(|drawn| (drawn.mentions, drawn.quotes))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let picture = Attached {
            sizes: Some([(480, 360), (1280, 960), (4000, 3000)]),
            moving: false,
            name: "cat.png".into(),
            label: "PNG",
            bytes: 1_234_567,
        };
        let file =
            Attached { sizes: None, name: "log.txt".into(), label: "TXT", ..picture.clone() };
        let attached = |id| match id {
            7 => Some(picture.clone()),
            9 => Some(file.clone()),
            _ => None,
        };
        let context = Context {
            knows: &|handle| handle == "ada",
            attached: &attached,
            thread: Some(7),
            prefix: "p41-",
        };
        render(source, &context).unwrap().html.to_string()
    }

    fn all(source: &str) -> Rendered {
        render(source, &Context::default()).unwrap()
    }

    #[test]
    fn known_members_are_linked_where_they_are_mentioned() {
        let link = "<a href=\"/m/ada\" class=\"mention\">@ada</a>";
        assert_eq!(html("Hi @ada, @bob"), format!("<p>Hi {link}, @bob</p>\n"));
        assert_eq!(html("**x**@ada `@ada` [@ada](/x)").matches("mention").count(), 0);
        assert_eq!(all("@ada `@bob` @Ada @cid\n\n> @dan\n\n    @eve\n").mentions, ["ada", "cid"]);
    }

    #[test]
    fn a_post_mentions_at_most_twenty() {
        let source: String = (10..40).map(|number| format!("@member{number} ")).collect();
        assert_eq!(mentions(&source).len(), 20);
        assert_eq!(mentions(&source), all(&source).mentions);
    }

    #[test]
    fn quotes_name_their_author_and_lead_to_the_post() {
        let source =
            "> [quote=ada, post=3]\n> Words\n>\n> > [quote=bob, post=2]\n> > Older\n\nMine";
        let quoted = html(source);
        assert!(quoted.starts_with(
            "<figure class=\"quote\"><figcaption class=\"quote__by\"><a href=\"/t/7/p/3\">@ada</a></figcaption>\
             <blockquote><p>Words</p>\n<figure"
        ), "{quoted}");
        assert_eq!(all(source).quotes, [Quote { handle: "ada".into(), position: 3 }]);
        assert!(!all(source).html.as_str().contains("href"));
        assert_eq!(
            html("> [quote=ada]\n> x"),
            "<blockquote><p>[quote=ada]<br>\nx</p>\n</blockquote>\n"
        );
    }

    #[test]
    fn a_quote_made_for_the_composer_is_read_as_one() {
        for handle in ["ada", "Дарья-2", "a_b_c", "www.example.com"] {
            let source = super::super::quote(Some(handle), 12, "a\n\n```\nb\n```");
            assert_eq!(
                all(&source).quotes,
                [Quote { handle: handle.into(), position: 12 }],
                "{handle}"
            );
        }
    }

    #[test]
    fn headings_stand_below_the_pages_own() {
        assert_eq!(html("# a\n\n###### b"), "<h3>a</h3>\n<h6>b</h6>\n");
    }

    #[test]
    fn pictures_elsewhere_are_links_and_uploads_are_shown() {
        let outside = html("![a cat](https://x.example/cat.png)");
        assert!(outside.contains("<a href=\"https://x.example/cat.png\" class=\"external-image\" rel=\"nofollow ugc noopener\">a cat</a>"), "{outside}");
        assert_eq!(
            html("![a \"cat\"](/files/7)"),
            "<p><a href=\"/files/7\" class=\"picture\"><img src=\"/files/7/medium\" \
             srcset=\"/files/7/small 480w, /files/7/medium 1280w, /files/7 4000w\" \
             sizes=\"(max-width: 44rem) 100vw, 42rem\" width=\"4000\" height=\"3000\" \
             alt=\"a &quot;cat&quot;\" loading=\"lazy\" decoding=\"async\"></a></p>\n"
        );
        assert!(
            !html("![a](data:image/png;base64,AAAA) ![b](b.png) <img src=//x.example/c>")
                .contains("<img")
        );
        assert_eq!(
            html("[![a](https://x.example/a)](/y)"),
            "<p><a href=\"/y\"><span class=\"external-image\">a</span></a></p>\n"
        );
    }

    #[test]
    fn a_small_picture_is_not_blown_up() {
        let small = Attached {
            sizes: Some([(300, 200); 3]),
            moving: false,
            name: "cat.png".into(),
            label: "PNG",
            bytes: 1_234,
        };
        let attached = |_| Some(small.clone());
        let context = Context { attached: &attached, ..Context::default() };
        let html = render("![a](/files/7)", &context).unwrap().html.to_string();
        assert!(html.contains("width=\"300\"") && !html.contains("srcset"), "{html}");
    }

    #[test]
    fn several_pictures_and_nothing_else_are_a_gallery() {
        assert!(html("![a](/files/7)\n![b](/files/7)").starts_with("<p class=\"gallery\"><a href"));
        for other in [
            "![a](/files/7)",
            "![a](/files/7)\nand\n![b](/files/7)",
            "![a](/files/7) ![b](/files/9)",
            "![a](/files/7) ![b](/files/8)",
            "![a](/files/7)\n\n![b](/files/7)",
        ] {
            assert!(!html(other).contains("gallery"), "{other}");
        }
    }

    #[test]
    fn what_a_post_may_not_show_is_a_link_that_says_nothing_of_it() {
        let source = "![a](/files/8) [b](/files/8) ![](/files/8)";
        assert_eq!(
            html(source),
            "<p><a href=\"/files/8\">a</a> <a href=\"/files/8\">b</a> <a href=\"/files/8\">/files/8</a></p>\n"
        );
        assert_eq!(all("![a](/files/7)").attachments, [] as [i64; 0]);
        for other in ["/files/7/medium", "/files/07x", "/files/../7", "/files/7?x"] {
            assert!(!html(&format!("![a]({other})")).contains("<img"), "{other}");
        }
    }

    #[test]
    fn files_say_what_they_are() {
        let facts = "<span class=\"file__facts\">TXT, 1.2 MB</span>";
        let file = format!("<p><a href=\"/files/9\" class=\"file\">log {facts}</a></p>\n");
        assert_eq!(html("[log](/files/9)"), file);
        assert_eq!(html("![log](/files/9)"), file);
        assert!(html("[](/files/9)").contains("class=\"file\">log.txt <span"));
    }

    #[test]
    fn links_elsewhere_are_not_vouched_for() {
        assert_eq!(html("[a](/t/1)"), "<p><a href=\"/t/1\">a</a></p>\n");
        assert!(html("www.x.example").contains("rel=\"nofollow ugc noopener\""));
        assert!(
            html("<a href='//x.example' class=x onclick=y>a</a>")
                .contains("<a href=\"//x.example\" rel=\"nofollow ugc noopener\">a</a>")
        );
        assert_eq!(html("[a](javascript:x)"), "<p>a</p>\n");
        let links =
            all("[a](/t/1) www.x.example [b](/t/1) me@x.example [c](http://www.x.example)").links;
        assert_eq!(links, ["/t/1", "http://www.x.example/"]);
    }

    #[test]
    fn spoilers_need_no_script() {
        assert_eq!(html("||boo||"), "<p><span class=\"spoiler\" tabindex=\"0\">boo</span></p>\n");
        assert_eq!(html("a || b || c"), "<p>a || b || c</p>\n");
    }

    #[test]
    fn emoji_may_be_spelled() {
        assert_eq!(html(":+1: :no_such_thing:"), "<p>👍 :no_such_thing:</p>\n");
    }

    #[test]
    fn notes_have_ids_of_their_post() {
        let noted = html("a[^x] b[^x]\n\n[^x]: Note");
        for part in [
            "<a href=\"#p41-fn-1\" id=\"p41-fnref-1\">1</a>",
            "<a href=\"#p41-fn-1\" id=\"p41-fnref-1-2\">1</a>",
            "<section class=\"footnotes\"><ol><li id=\"p41-fn-1\"><p>Note <a href=\"#p41-fnref-1\" class=\"footnote-back\">↩</a>",
        ] {
            assert!(noted.contains(part), "{part} in {noted}");
        }
    }

    #[test]
    fn second_notes_of_a_name_are_not_shown() {
        let noted = html("> [^x]: One\n> [^x]: Two[^x]\n\na[^x]\n\n[^x]: Three\n\nb");
        assert_eq!(noted.matches("<section").count(), 1, "{noted}");
        assert!(noted.ends_with("</ol></section>\n"), "{noted}");
    }

    #[test]
    fn tasks_label_their_boxes() {
        let task = "<ul class=\"tasks\"><li class=\"task\"><label><input type=\"checkbox\" disabled=\"\" checked=\"\"> Did</label>";
        assert!(html("- [x] Did").starts_with(task), "{}", html("- [x] Did"));
    }

    #[test]
    fn tables_scroll_and_align() {
        let table = html("|a|b|\n|-|-:|\n|1|2|\n|3|4|");
        assert!(
            table.starts_with("<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th>"),
            "{table}"
        );
        assert!(table.contains("<td class=\"right\">2</td>"));
        assert_eq!(table.matches("<tbody>").count(), 1);
    }

    #[test]
    fn a_few_tags_may_be_typed() {
        assert_eq!(html("<kbd class=x>Ctrl</kbd>+<b>C"), "<p><kbd>Ctrl</kbd>+<b>C</b></p>\n");
        assert_eq!(
            html("<details open>\n<summary>More</summary>\n\n*Inside*\n\n</details>\n\nAfter")
                .replace('\n', ""),
            "<details open=\"\"><summary>More</summary><p><em>Inside</em></p></details><p>After</p>"
        );
        assert!(html("> <details>\n\nAfter").contains("</details></blockquote>\n<p>"));
        assert_eq!(
            html("<div>one<p>two &amp; <b>3</b></div>").replace('\n', ""),
            "<p>one</p><p>two &amp; <b>3</b></p>"
        );
    }

    #[test]
    fn typed_tags_close_only_what_was_typed() {
        assert_eq!(
            html("*x</em>y* **<b>z** </b>a"),
            "<p><em>xy</em> <strong><b>z</b></strong> a</p>\n"
        );
        assert!(html("<details>\n\na[^1]\n\n[^1]: b").contains("</details><section"));
    }

    #[test]
    fn unknown_tags_are_shown_as_typed() {
        assert_eq!(
            html("Use List<String> or <svg onload=x>"),
            "<p>Use List&lt;String&gt; or &lt;svg onload=x&gt;</p>\n"
        );
        assert_eq!(
            html("<script>alert(1)</script>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
        assert_eq!(html("a <!-- hidden --> b"), "<p>a  b</p>\n");
    }

    #[test]
    fn nobody_can_forge_what_is_ours() {
        let forged = html(
            "<a class=mention href=/m/x id=p41-fn-1>@staff</a> <span class=quote__by>x</span>",
        );
        assert_eq!(forged, "<p><a href=\"/m/x\">@staff</a> x</p>\n");
    }
}
