//! Words parsed into a tree of one type throughout, by recursive descent. Depth is bounded, and so the
//! stack; length is bounded, and so the time.

use super::{
    Claim, DEEDS, DEEPEST, LONGEST_WINDOW, ROLES, Read, Sign, Term, Test, Wrong,
    lexer::{self, Word},
};
use crate::{kit::Message, reputation::metric::Metric};

pub(super) fn parse(text: &str) -> Result<Claim, Wrong> {
    let mut parser = Parser { words: lexer::words(text)?, next: 0, depth: 0 };
    if *parser.peek() == Word::End {
        return Err(parser.wrong("formula-missing"));
    }
    let claim = parser.either()?.claim()?;
    match parser.peek() {
        Word::End => Ok(claim),
        _ => Err(parser.unexpected()),
    }
}

struct Parser {
    words: Vec<(Word, usize)>,
    next: usize,
    depth: usize,
}

/// What was parsed, where it began.
struct Node {
    kind: Kind,
    at: usize,
}

enum Kind {
    Claim(Claim),
    Term(Term),
}

impl Node {
    fn claim(self) -> Result<Claim, Wrong> {
        match self.kind {
            Kind::Claim(claim) => Ok(claim),
            Kind::Term(_) => Err(Wrong { at: self.at, message: "formula-not-a-condition".into() }),
        }
    }

    fn term(self) -> Result<Term, Wrong> {
        match self.kind {
            Kind::Term(term) => Ok(term),
            Kind::Claim(_) => Err(Wrong { at: self.at, message: "formula-not-a-number".into() }),
        }
    }
}

impl Parser {
    fn peek(&self) -> &Word {
        self.words.get(self.next).map_or(&Word::End, |(word, _)| word)
    }

    /// The character that the next word begins at.
    fn at(&self) -> usize {
        let last = self.words.last();
        self.words.get(self.next).or(last).map_or(0, |(_, at)| *at)
    }

    fn wrong(&self, message: impl Into<Message>) -> Wrong {
        Wrong { at: self.at(), message: message.into() }
    }

    fn unexpected(&self) -> Wrong {
        let word = match self.peek() {
            Word::End => return self.wrong("formula-ends-early"),
            Word::Name(name) => name.clone(),
            Word::Number(thousandths) => (thousandths / 1_000).to_string(),
            Word::Days(days) => format!("{days}d"),
            Word::Text(text) => format!("\"{text}\""),
            Word::Sign(sign) => (*sign).to_owned(),
        };
        self.wrong(Message::with("formula-unexpected", "word", word))
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Word::Sign(found) if *found == sign);
        self.next += usize::from(there);
        there
    }

    fn take_name(&mut self, name: &str) -> bool {
        let there = matches!(self.peek(), Word::Name(found) if found == name);
        self.next += usize::from(there);
        there
    }

    fn expect(&mut self, sign: &str) -> Result<(), Wrong> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// One level deeper, as long as it may go.
    fn deeper(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<Node, Wrong>,
    ) -> Result<Node, Wrong> {
        if self.depth == DEEPEST {
            return Err(self.wrong(Message::with("formula-too-deep", "most", DEEPEST as i64)));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn either(&mut self) -> Result<Node, Wrong> {
        self.joined("or", Self::both, Claim::Any)
    }

    fn both(&mut self) -> Result<Node, Wrong> {
        self.joined("and", Self::negation, Claim::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Node, Wrong>,
        join: fn(Vec<Claim>) -> Claim,
    ) -> Result<Node, Wrong> {
        let at = self.at();
        let first = part(self)?;
        if !matches!(self.peek(), Word::Name(name) if name == word) {
            return Ok(first);
        }
        let mut claims = vec![first.claim()?];
        while self.take_name(word) {
            claims.push(part(self)?.claim()?);
        }
        Ok(Node { kind: Kind::Claim(join(claims)), at })
    }

    fn negation(&mut self) -> Result<Node, Wrong> {
        let at = self.at();
        if !self.take_name("not") {
            return self.comparison();
        }
        let claim = self.deeper(Self::negation)?.claim()?;
        Ok(Node { kind: Kind::Claim(claim.negated()), at })
    }

    fn comparison(&mut self) -> Result<Node, Wrong> {
        let at = self.at();
        let left = self.sum()?;
        let Some(test) = self.test() else { return Ok(left) };
        let left = left.term()?;
        let right = self.sum()?.term()?;
        if self.test().is_some() {
            self.next -= 1;
            return Err(self.wrong("formula-compared-twice"));
        }
        Ok(Node { kind: Kind::Claim(Claim::compared(left, test, right)), at })
    }

    fn test(&mut self) -> Option<Test> {
        let tests = [
            (">=", Test::AtLeast),
            (">", Test::MoreThan),
            ("<=", Test::AtMost),
            ("<", Test::LessThan),
            ("=", Test::Equal),
            ("!=", Test::Unequal),
        ];
        tests.into_iter().find_map(|(sign, test)| self.take_sign(sign).then_some(test))
    }

    fn sum(&mut self) -> Result<Node, Wrong> {
        self.chained(&[("+", Sign::Plus), ("-", Sign::Minus)], Self::product)
    }

    fn product(&mut self) -> Result<Node, Wrong> {
        self.chained(&[("*", Sign::Times), ("/", Sign::Over)], Self::factor)
    }

    fn chained(
        &mut self,
        signs: &[(&str, Sign)],
        part: fn(&mut Self) -> Result<Node, Wrong>,
    ) -> Result<Node, Wrong> {
        let mut node = part(self)?;
        loop {
            let taken = signs.iter().find(|(sign, _)| self.take_sign(sign));
            let Some((_, sign)) = taken else { return Ok(node) };
            let at = node.at;
            let left = Box::new(node.term()?);
            let right = Box::new(part(self)?.term()?);
            node = Node { kind: Kind::Term(Term::Of { left, sign: *sign, right }), at };
        }
    }

    fn factor(&mut self) -> Result<Node, Wrong> {
        let at = self.at();
        let kind = match self.peek().clone() {
            Word::Number(thousandths) => {
                self.next += 1;
                Kind::Term(Term::Number(thousandths))
            }
            Word::Sign("-") => {
                self.next += 1;
                let right = Box::new(self.deeper(Self::factor)?.term()?);
                let left = Box::new(Term::Number(0));
                Kind::Term(Term::Of { left, sign: Sign::Minus, right })
            }
            Word::Sign("(") => {
                self.next += 1;
                let inside = self.deeper(Self::either)?;
                self.expect(")")?;
                return Ok(Node { kind: inside.kind, at });
            }
            Word::Name(name) => self.named(&name)?,
            _ => return Err(self.unexpected()),
        };
        Ok(Node { kind, at })
    }

    fn named(&mut self, name: &str) -> Result<Kind, Wrong> {
        match name {
            "true" | "false" => {
                self.next += 1;
                Ok(Kind::Claim(Claim::Always(name == "true")))
            }
            "role" => {
                self.next += 1;
                self.expect("(")?;
                let role = self.one_of(&ROLES, "formula-role-unknown")?;
                self.expect(")")?;
                Ok(Kind::Claim(Claim::Role { role, held: true }))
            }
            "did" => {
                self.next += 1;
                self.expect("(")?;
                let deed = self.one_of(&DEEDS, "formula-deed-unknown")?;
                self.expect(")")?;
                Ok(Kind::Claim(Claim::Did { deed, done: true }))
            }
            "and" | "or" | "not" => Err(self.unexpected()),
            _ => {
                let metric = Metric::ALL.into_iter().find(|metric| metric.name() == name);
                let metric = metric.ok_or_else(|| self.unknown(name))?;
                self.next += 1;
                Ok(Kind::Term(Term::Read(self.read(metric)?)))
            }
        }
    }

    /// One of these names, in quotation marks.
    fn one_of(
        &mut self,
        names: &[&'static str],
        unknown: &'static str,
    ) -> Result<&'static str, Wrong> {
        let Word::Text(named) = self.peek() else { return Err(self.unexpected()) };
        let name = names.iter().copied().find(|name| name == named);
        let name = name.ok_or_else(|| self.wrong(unknown))?;
        self.next += 1;
        Ok(name)
    }

    /// What stands in brackets behind a metric, if anything does: a window, a board, or both.
    fn read(&mut self, metric: Metric) -> Result<Read, Wrong> {
        let mut read = Read { metric, days: None, board: None };
        if !self.take_sign("(") {
            return Ok(read);
        }
        loop {
            match self.peek().clone() {
                Word::Days(days) if read.days.is_none() => {
                    let days = u16::try_from(days).ok();
                    read.days = days.filter(|days| (1..=LONGEST_WINDOW).contains(days));
                    if read.days.is_none() {
                        let most = i64::from(LONGEST_WINDOW);
                        return Err(self.wrong(Message::with(
                            "formula-window-wrong",
                            "most",
                            most,
                        )));
                    }
                }
                Word::Text(_) if !metric.has_place() => {
                    let name = metric.name();
                    return Err(self.wrong(Message::with("formula-no-board", "metric", name)));
                }
                Word::Text(board) if read.board.is_none() => read.board = Some(board),
                _ => return Err(self.unexpected()),
            }
            self.next += 1;
            if !self.take_sign(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(read)
    }

    /// There is no such metric; perhaps another was meant.
    fn unknown(&self, name: &str) -> Wrong {
        let known =
            Metric::ALL.into_iter().map(Metric::name).chain(["role", "did", "true", "false"]);
        let nearest = known.max_by(|one, other| {
            let near = |known: &str| strsim::jaro_winkler(known, name);
            near(one).total_cmp(&near(other))
        });
        let args = vec![("word", name.into()), ("nearest", nearest.unwrap_or_default().into())];
        self.wrong(Message { key: "formula-metric-unknown", args })
    }
}
