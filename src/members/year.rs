//! A member's last year, drawn on the server: what they wrote day by day, and the points of each month. Counted
//! is what stands on boards that the viewer may see.

use super::views::DayDone;
use time::{Date, Duration, Month};

/// Weeks drawn, the present one among them.
const WEEKS: i64 = 53;

/// From one day of the calendar to the next, in the units of the drawing.
const PITCH: i64 = 13;

/// What the names of months take above the days.
const ABOVE: i64 = 16;

/// How high the highest month stands, and how wide all months are.
const HIGHEST: i64 = 96;
const MONTH_WIDE: i64 = 30;

/// A day of the calendar on which something was written.
pub(super) struct Square {
    pub(super) day: Date,
    pub(super) posts: i64,
    pub(super) x: i64,
    pub(super) y: i64,
    /// From 1 to 4: how much that is beside the most of a day.
    pub(super) level: i64,
}

/// A week with something in it, as a row of the table.
pub(super) struct Week {
    pub(super) monday: Date,
    /// Posts of its days; none of those to come.
    pub(super) days: [Option<i64>; 7],
}

/// A month as a bar.
pub(super) struct Bar {
    /// Its first day.
    pub(super) month: Date,
    pub(super) points: i64,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) height: i64,
}

/// What the drawings and their tables show.
pub(super) struct Year {
    pub(super) squares: Vec<Square>,
    pub(super) weeks: Vec<Week>,
    pub(super) bars: Vec<Bar>,
    /// Where months begin above the calendar.
    pub(super) months: Vec<(i64, Date)>,
    pub(super) posts: i64,
    pub(super) points: i64,
    /// Days of the present week that are there.
    pub(super) last_days: i64,
}

/// The last day before what is drawn.
pub(super) fn before(today: Date) -> Date {
    first_monday(today).min(first_month(today)) - Duration::DAY
}

fn first_monday(today: Date) -> Date {
    let into_week = i64::from(today.weekday().number_days_from_monday());
    today - Duration::days(into_week + 7 * (WEEKS - 1))
}

fn first_month(today: Date) -> Date {
    (0..11).fold(first_of(today), |month, _| first_of(month - Duration::DAY))
}

fn first_of(day: Date) -> Date {
    day - Duration::days(i64::from(day.day()) - 1)
}

impl Year {
    pub(super) fn of(done: &[DayDone], today: Date) -> Self {
        let monday = first_monday(today);
        let written: Vec<&DayDone> =
            done.iter().filter(|day| day.day >= monday && day.posts > 0).collect();
        let most = written.iter().map(|day| day.posts).max().unwrap_or(0).max(4);
        let squares = written.iter().map(|day| {
            let (week, weekday) = place(monday, day.day);
            Square {
                day: day.day,
                posts: day.posts,
                x: week * PITCH,
                y: ABOVE + weekday * PITCH,
                level: (4 * day.posts + most - 1) / most,
            }
        });
        let bars = bars(done, today);
        Self {
            squares: squares.collect(),
            weeks: weeks(&written, monday, today),
            months: months(monday, today),
            posts: written.iter().map(|day| day.posts).sum(),
            points: bars.iter().map(|bar| bar.points).sum(),
            bars,
            last_days: i64::from(today.weekday().number_from_monday()),
        }
    }

    /// Whether there is something to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.posts == 0 && self.points == 0
    }
}

/// In which week of the calendar a day is, and which day of it.
fn place(monday: Date, day: Date) -> (i64, i64) {
    let days = (day - monday).whole_days();
    (days / 7, days % 7)
}

fn weeks(written: &[&DayDone], monday: Date, today: Date) -> Vec<Week> {
    let mut weeks: Vec<Week> = Vec::new();
    for day in written {
        let (week, weekday) = place(monday, day.day);
        let begins = monday + Duration::weeks(week);
        if weeks.last().is_none_or(|last| last.monday != begins) {
            let there = |number: i64| begins + Duration::days(number) <= today;
            let days = [0, 1, 2, 3, 4, 5, 6].map(|number| there(number).then_some(0));
            weeks.push(Week { monday: begins, days });
        }
        let number = usize::try_from(weekday).unwrap_or_default();
        if let Some(there) = weeks.last_mut().and_then(|week| week.days.get_mut(number)) {
            *there = Some(day.posts);
        }
    }
    weeks.reverse();
    weeks
}

/// Above the first week that is wholly theirs, unless there is no room for the word.
fn months(monday: Date, today: Date) -> Vec<(i64, Date)> {
    (0..WEEKS - 2)
        .map(|week| (week, monday + Duration::weeks(week)))
        .filter(|(_, begins)| begins.day() <= 7 && *begins <= today)
        .map(|(week, begins)| (week * PITCH, first_of(begins)))
        .collect()
}

fn bars(done: &[DayDone], today: Date) -> Vec<Bar> {
    let mut month = first_month(today);
    let mut bars = Vec::new();
    for number in 0..12 {
        let of_month = |day: &&DayDone| (day.day.year(), day.day.month()) == key(month);
        let thousandths: i64 = done.iter().filter(of_month).map(|day| day.thousandths).sum();
        let points = (thousandths / 1_000).max(0);
        bars.push(Bar { month, points, x: number * MONTH_WIDE, y: 0, height: 0 });
        month = first_of(month + Duration::days(31));
    }
    let most = bars.iter().map(|bar| bar.points).max().unwrap_or(0).max(1);
    for bar in &mut bars {
        // Whatever there is can be seen.
        bar.height = (bar.points * HIGHEST / most).max(if bar.points > 0 { 2 } else { 0 });
        bar.y = ABOVE + HIGHEST - bar.height;
    }
    bars.reverse();
    bars
}

fn key(month: Date) -> (i32, Month) {
    (month.year(), month.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn done(day: Date, posts: i64, points: i64) -> DayDone {
        DayDone { day, posts, thousandths: points * 1_000 }
    }

    #[test]
    fn a_year_has_every_day_once_and_twelve_months_whatever_day_it_is() {
        for number in 0..1_500 {
            let today = date!(2023 - 12 - 31) + Duration::days(number);
            let first = before(today) + Duration::DAY;
            let every: Vec<DayDone> = (0..=(today - first).whole_days())
                .map(|day| done(first + Duration::days(day), 1, 1))
                .collect();

            let year = Year::of(&every, today);

            let mut places: Vec<_> = year.squares.iter().map(|one| (one.x, one.y)).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len() as i64, 7 * (WEEKS - 1) + year.last_days, "{today}");
            assert_eq!(year.weeks.len() as i64, WEEKS);
            let told: i64 = year.weeks.iter().flat_map(|week| week.days).flatten().sum();
            assert_eq!(told, year.posts, "the table says what the drawing says");
            assert_eq!(year.bars.len(), 12);
            assert_eq!(year.bars[0].points, i64::from(today.day()), "{today}: the present month");
            assert_eq!(
                year.bars[11].points,
                i64::from(year.bars[11].month.month().length(year.bars[11].month.year()))
            );
            assert!(year.months.len() >= 11, "{today}");
        }
    }

    #[test]
    fn a_day_is_as_dark_as_it_is_much_and_a_bar_as_high() {
        let today = date!(2026 - 03 - 04);
        let days = [
            done(date!(2026 - 01 - 05), 1, 10),
            done(date!(2026 - 03 - 02), 20, 40),
            done(date!(2026 - 03 - 03), 10, 0),
            done(date!(2026 - 03 - 04), 0, -7),
        ];

        let year = Year::of(&days, today);

        assert_eq!(year.squares.iter().map(|one| one.level).collect::<Vec<_>>(), [1, 4, 2]);
        assert_eq!((year.squares[1].x, year.squares[1].y), (52 * PITCH, ABOVE));
        assert_eq!((year.posts, year.points), (31, 43));
        let heights: Vec<_> = year.bars[..3].iter().map(|bar| (bar.points, bar.height)).collect();
        assert_eq!(heights, [(33, HIGHEST), (0, 0), (10, 10 * HIGHEST / 33)]);
        assert_eq!(year.weeks[0].days, [Some(20), Some(10), Some(0), None, None, None, None]);
        assert!(Year::of(&[], today).is_empty());
    }
}
