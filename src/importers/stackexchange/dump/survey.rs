//! All eight files read once, and what is in them.

use super::{
    BadgeRow, CommentRow, HistoryRow, LinkRow, Notes, OpenError, PostRow, Reason, Row, Rows,
    Skipped, Table, TagRow, UserRow, VoteRow,
};
use std::{collections::BTreeMap, fmt, path::Path};

/// Enough to see what is wrong without filling the screen.
const EXAMPLES: usize = 5;

/// What a dump holds, before anything of it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    pub tables: BTreeMap<Table, TableSurvey>,
    /// Files the folder does not have.
    pub absent: Vec<Table>,
}

/// What one file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableSurvey {
    pub bytes: u64,
    pub notes: Notes,
    pub skipped: BTreeMap<Reason, u64>,
    pub examples: Vec<Skipped>,
}

impl Survey {
    /// Reads a whole dump, keeping nothing of it.
    pub fn of(folder: &Path) -> Result<Self, OpenError> {
        let mut survey = Self::default();
        survey.read::<UserRow>(folder)?;
        survey.read::<PostRow>(folder)?;
        survey.read::<CommentRow>(folder)?;
        survey.read::<VoteRow>(folder)?;
        survey.read::<BadgeRow>(folder)?;
        survey.read::<LinkRow>(folder)?;
        survey.read::<HistoryRow>(folder)?;
        survey.read::<TagRow>(folder)?;
        Ok(survey)
    }

    fn read<T: Row>(&mut self, folder: &Path) -> Result<(), OpenError> {
        let mut rows = match Rows::<T>::open(folder) {
            Err(OpenError::Absent(table)) => {
                self.absent.push(table);
                return Ok(());
            }
            opened => opened?,
        };
        let mut table = TableSurvey { bytes: rows.bytes_total(), ..TableSurvey::default() };
        for row in rows.by_ref() {
            let row = row.map_err(|error| OpenError::Io(folder.to_owned(), error))?;
            if let Err(skipped) = row {
                table.take_in(skipped);
            }
        }
        table.notes = rows.notes().clone();
        self.tables.insert(T::TABLE, table);
        Ok(())
    }
}

impl TableSurvey {
    /// Counts a skipped row under its reason, and keeps the first few whole.
    pub fn take_in(&mut self, skipped: Skipped) {
        *self.skipped.entry(skipped.reason.clone()).or_default() += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(skipped);
        }
    }
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (table, found) in &self.tables {
            let Notes { rows_read, rows_skipped, .. } = found.notes;
            writeln!(f, "{table:<11} {rows_read:>9} rows read, {rows_skipped} skipped")?;
            for (reason, count) in &found.skipped {
                writeln!(f, "  skipped {count}: {reason}")?;
            }
            for example in &found.examples {
                writeln!(f, "  {example}")?;
            }
            for oddity in found.notes.oddities() {
                writeln!(f, "  {oddity}")?;
            }
        }
        for table in &self.absent {
            writeln!(f, "{table:<11} no such file")?;
        }
        Ok(())
    }
}
