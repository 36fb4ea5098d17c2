use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// How a language is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Statements: calls, types and constants are told by their look.
    Program,
    /// As a program, and `'a` is no string.
    Lifetimes,
    /// Words of the language count in any case.
    Query,
    /// Commands, with `$names`.
    Shell,
    /// Lines of `key: value`.
    Colon,
    /// Lines of `key = value`.
    Equals,
    /// Strings before a colon are keys.
    Objects,
    /// Names before a colon are properties.
    Style,
    /// Tags.
    Markup,
    /// A patch.
    Changes,
}

/// What the lexer knows of a language.
pub(super) struct Language {
    pub(super) form: Form,
    /// What a comment begins with that ends with its line.
    pub(super) line: &'static [&'static str],
    /// What surrounds other comments.
    pub(super) block: Option<(&'static str, &'static str)>,
    /// What surrounds strings, longest first; those marked end on another line.
    pub(super) strings: &'static [(&'static str, bool)],
    pub(super) keywords: HashSet<&'static str>,
}

/// The language of that name or file extension.
pub(super) fn language(name: &str) -> Option<&'static Language> {
    // The longest name is shorter; what is longer need not be folded.
    if name.len() > 12 {
        return None;
    }
    let index = LANGUAGES.0.get(name.to_ascii_lowercase().as_str())?;
    LANGUAGES.1.get(*index)
}

static LANGUAGES: LazyLock<(HashMap<&str, usize>, Vec<Language>)> = LazyLock::new(|| {
    let names = |(index, row): (usize, &Row)| row.0.split(' ').map(move |name| (name, index));
    let language = |&(_, form, line, block, strings, keywords): &Row| {
        let keywords = keywords.split_whitespace().collect();
        Language { form, line, block, strings, keywords }
    };
    (ROWS.iter().enumerate().flat_map(names).collect(), ROWS.iter().map(language).collect())
});

type Row = (
    &'static str,
    Form,
    &'static [&'static str],
    Option<(&'static str, &'static str)>,
    &'static [(&'static str, bool)],
    &'static str,
);

const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const STARS: Option<(&str, &str)> = Some(("/*", "*/"));
const BOTH: &[(&str, bool)] = &[("\"", false), ("'", false)];
const DOUBLE: &[(&str, bool)] = &[("\"", true)];
const TICKS: &[(&str, bool)] = &[("`", true), ("\"", false), ("'", false)];
const TRIPLE: &[(&str, bool)] = &[("\"\"\"", true), ("'''", true), ("\"", false), ("'", false)];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("rust rs", Form::Lifetimes, SLASHES, STARS, DOUBLE, "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait type unsafe use where while"),
    ("c h cpp c++ cc hpp cxx arduino ino", Form::Program, SLASHES, STARS, BOTH, "auto bool break case catch char class const constexpr continue default delete do double else enum explicit extern float for friend goto if inline int long namespace new noexcept operator override private protected public return short signed sizeof static struct switch template this throw try typedef typename union unsigned using virtual void volatile while"),
    ("java kotlin kt kts scala groovy gradle", Form::Program, SLASHES, STARS, TRIPLE, "abstract boolean break by byte case catch char class companion continue data def default do double else enum extends final finally float for fun if implements import in instanceof int interface internal is lazy long match native new object open override package private protected public return sealed short static super suspend switch synchronized this throw throws trait try typealias val var void volatile when while with yield"),
    ("csharp cs c#", Form::Program, SLASHES, STARS, BOTH, "abstract as async await base bool break byte case catch char class const continue decimal default do double else enum event explicit finally fixed float for foreach get if in init int interface internal is lock long namespace new object operator out override params private protected public readonly record ref return sealed set short static string struct switch this throw try typeof using var virtual void when where while yield"),
    ("javascript js jsx mjs cjs typescript ts tsx", Form::Program, SLASHES, STARS, TICKS, "abstract any as async await boolean break case catch class const continue debugger declare default delete do else enum export extends finally for from function get if implements import in instanceof interface keyof let namespace never new number of private protected public readonly return satisfies set static string super switch this throw try type typeof unknown var void while with yield"),
    ("go golang", Form::Program, SLASHES, STARS, TICKS, "any bool break byte case chan const continue default defer else error fallthrough float64 for func go goto if import int int64 interface make map package range return rune select string struct switch type uint8 var"),
    ("swift dart", Form::Program, SLASHES, STARS, TRIPLE, "actor as async await break case catch class const continue default defer deinit do dynamic else enum extension factory final for func get guard if import in init inout internal is late let mixin nil override private protocol public repeat required return self set static struct super switch throw throws try typealias var void where while"),
    ("php", Form::Shell, &["//", "#"], STARS, BOTH, "abstract and array as break case catch class const continue declare default do echo else elseif endforeach endif enum extends final finally fn for foreach function global if implements include interface instanceof isset match namespace new or private protected public readonly require require_once return static switch throw trait try use var while yield"),
    ("python py python3 gdscript", Form::Program, HASH, None, TRIPLE, "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield"),
    ("ruby rb crystal", Form::Program, HASH, None, BOTH, "alias and begin break case class def defined? do else elsif end ensure extend for if in include loop module next not or private protected public raise redo require rescue retry return self super then undef unless until when while yield"),
    ("elixir ex exs", Form::Program, HASH, None, TRIPLE, "after alias and case catch cond def defimpl defmacro defmodule defp defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue try unless unquote use when with"),
    ("lua", Form::Program, &["--"], None, BOTH, "and break do else elseif end for function goto if in local not or repeat return then until while"),
    ("haskell hs", Form::Program, &["--"], Some(("{-", "-}")), &[("\"", false)], "case class data deriving do else if import in infix infixl infixr instance let module newtype of qualified then type where"),
    ("r", Form::Program, HASH, None, BOTH, "break else for function if in library next repeat return while"),
    ("perl pl", Form::Shell, HASH, None, BOTH, "and else elsif for foreach if last local my next no not or our package print redo require return sub unless until use while"),
    ("bash sh shell zsh fish console terminal", Form::Shell, HASH, None, &[("\"", true), ("'", true), ("`", true)], "alias break case cd continue do done echo elif else esac eval exec exit export fi for function if in local read return select set shift source then trap unset until while sudo"),
    ("powershell ps1 pwsh", Form::Shell, HASH, Some(("<#", "#>")), BOTH, "begin break catch class continue do else elseif end exit filter finally for foreach function if in param process return switch throw try until using while"),
    ("make makefile", Form::Shell, HASH, None, &[], "define else endef endif export ifdef ifeq ifndef ifneq include override unexport"),
    ("sql postgresql postgres mysql plpgsql sqlite", Form::Query, &["--"], STARS, &[("'", true), ("\"", false)], "add all alter analyze and any array as asc begin between by cascade case cast check column commit constraint create cross database default delete desc distinct do drop else end except exists explain false fetch for foreign from full function grant group having if in index inner insert intersect into is join key lateral left like limit materialized not null of offset on or order outer over partition primary references returning revoke right rollback select set table then to transaction trigger true truncate union unique update using values view when where window with"),
    ("graphql gql protobuf proto", Form::Program, &["#", "//"], None, TRIPLE, "directive enum extend fragment import input interface message mutation on oneof option package query repeated required rpc scalar schema service subscription syntax type union"),
    ("json jsonc json5", Form::Objects, SLASHES, STARS, BOTH, ""),
    ("yaml yml", Form::Colon, HASH, None, BOTH, ""),
    ("toml ini conf cfg properties env dotenv editorconfig", Form::Equals, &["#", ";"], None, TRIPLE, ""),
    ("dockerfile docker containerfile", Form::Shell, HASH, None, BOTH, "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR"),
    ("nginx caddyfile apache hcl terraform tf", Form::Shell, HASH, None, BOTH, "data for_each http if include listen local location log module output provider proxy_pass resource return rewrite root server server_name upstream variable"),
    ("css scss less sass", Form::Style, SLASHES, STARS, BOTH, ""),
    ("html xml svg vue svelte xhtml rss atom jinja erb handlebars", Form::Markup, &[], None, &[], ""),
    ("diff patch", Form::Changes, &[], None, &[], ""),
];
