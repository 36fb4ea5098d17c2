//! Lists of people, as spreadsheets save them: comma, semicolon or tab between the fields, quotes around
//! those that hold one (RFC 4180).

/// A line with its number in the text, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) number: usize,
    pub(super) fields: Vec<String>,
    /// A quote was opened and never closed.
    pub(super) torn: bool,
}

/// All lines that hold anything.
pub(super) fn records(text: &str) -> Vec<Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let mut records = Vec::new();
    let (mut number, mut rest) = (1, text);
    while !rest.is_empty() {
        let (record, used) = read(rest, separator, number);
        number += rest[..used].matches('\n').count();
        rest = &rest[used..];
        if record.torn || record.fields.iter().any(|field| !field.is_empty()) {
            records.push(record);
        }
    }
    records
}

/// What stands between fields: whatever the first line has most of.
fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let most = [',', ';', '\t'].into_iter().rev().max_by_key(|c| first.matches(*c).count());
    most.unwrap_or(',')
}

/// Reads one record, and says how many bytes it took.
fn read(text: &str, separator: char, number: usize) -> (Record, usize) {
    let mut record = Record { number, fields: Vec::new(), torn: false };
    let (mut field, mut quoted) = (String::new(), false);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if(|(_, next)| *next == '"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            '\n' if !quoted => {
                record.fields.push(field.trim().to_owned());
                return (record, at + 1);
            }
            letter if letter == separator && !quoted => {
                record.fields.push(field.trim().to_owned());
                field.clear();
            }
            letter => field.push(letter),
        }
    }
    if quoted {
        // Only its own line is lost, not all that follow.
        let line = text.find('\n').map_or(text.len(), |end| end + 1);
        return (Record { torn: true, ..record }, line);
    }
    record.fields.push(field.trim().to_owned());
    (record, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text).into_iter().map(|record| (record.number, record.fields)).collect()
    }

    #[test]
    fn what_spreadsheets_save_is_read() {
        for text in [
            "a@b.example,Ada,x\r\n\r\nc@d.example,\"Lind, \"\"C\"\"\"",
            "\u{feff}a@b.example;Ada;x\n ; \nc@d.example;\"Lind, \"\"C\"\"\"\n",
            "a@b.example\tAda\tx\n\nc@d.example\tLind, \"C\"\n",
        ] {
            let read = read_all(text);
            assert_eq!(
                read[0],
                (1, vec!["a@b.example".into(), "Ada".into(), "x".into()]),
                "{text}"
            );
            assert_eq!(read[1], (3, vec!["c@d.example".into(), "Lind, \"C\"".into()]), "{text}");
            assert_eq!(read.len(), 2, "{text}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_spoils_its_own_line_alone() {
        let read = records("a@b.example,\"Ada\nc@d.example\n");

        assert!(read[0].torn && read[0].number == 1);
        assert_eq!((read[1].number, read[1].torn), (2, false));
    }

    #[test]
    fn a_field_may_run_over_lines_and_numbers_go_on() {
        let read = read_all("a@b.example,\"Ada\nLind\"\nc@d.example");

        assert_eq!(read[0].1[1], "Ada\nLind");
        assert_eq!(read[1].0, 3);
    }
}
