use askama::filters::HtmlSafe;
use serde_json::Value;
use std::fmt;

/// JSON-LD for a `<script>` element, which no word in it can end.
pub struct LinkedData(pub Value);

impl fmt::Display for LinkedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All three stand inside strings alone, where JSON lets them be written by their numbers (RFC 8259, 7).
        for c in self.0.to_string().chars() {
            match c {
                '<' => f.write_str("\\u003c")?,
                '>' => f.write_str("\\u003e")?,
                '&' => f.write_str("\\u0026")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

impl HtmlSafe for LinkedData {}
