use super::{TooMuch, draw::Drawing};
use comrak::nodes::TableAlignment;

impl Drawing<'_> {
    /// A table may be wider than a telephone: what is around it scrolls, by keyboard too.
    pub(super) fn table(&mut self, columns: &[TableAlignment]) -> Result<(), TooMuch> {
        self.columns = columns.to_vec();
        self.open("div", " class=\"table\" tabindex=\"0\"")?;
        self.open("table", "")
    }

    pub(super) fn table_row(&mut self, heading: bool) -> Result<(), TooMuch> {
        self.cell = 0;
        if heading {
            self.open("thead", "")?;
        }
        self.open("tr", "")
    }

    pub(super) fn table_cell(&mut self) -> Result<(), TooMuch> {
        let class = match self.columns.get(self.cell) {
            Some(TableAlignment::Center) => " class=\"center\"",
            Some(TableAlignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.cell += 1;
        self.open(if self.is_in("thead") { "th" } else { "td" }, class)
    }
}
