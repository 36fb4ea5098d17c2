/// A step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// Its id.
    pub id: i64,
    /// Its place, from 1.
    pub position: i16,
    /// Its name.
    pub name: String,
    /// Points from which a member holds it.
    pub points: i64,
    /// A name in the icon sprite.
    pub icon: String,
}

/// Where a member stands on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the member has earned; never less than nothing.
    pub points: i64,
    /// The rank held, unless there is no ladder.
    pub rank: Option<Rank>,
    /// The rank to come, unless the highest is reached.
    pub next: Option<Rank>,
}

impl Standing {
    /// Where so many points stand on a ladder, which is given from below.
    pub fn on(ladder: &[Rank], points: i64) -> Self {
        let points = points.max(0);
        let reached = ladder.partition_point(|rank| rank.points <= points);
        let rank = reached.checked_sub(1).and_then(|last| ladder.get(last));
        Self { points, rank: rank.cloned(), next: ladder.get(reached).cloned() }
    }

    /// Points missing to the next rank.
    pub fn missing(&self) -> i64 {
        self.next.as_ref().map_or(0, |next| next.points - self.points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder() -> Vec<Rank> {
        let rank = |position: i16, points| Rank {
            id: position.into(),
            position,
            name: format!("rank {position}"),
            points,
            icon: String::new(),
        };
        vec![rank(1, 0), rank(2, 10), rank(3, 30)]
    }

    #[test]
    fn a_rank_is_held_from_its_points_on() {
        for (points, held, next, missing) in [
            (-4, 1, Some(2), 10),
            (0, 1, Some(2), 10),
            (9, 1, Some(2), 1),
            (10, 2, Some(3), 20),
            (99, 3, None, 0),
        ] {
            let standing = Standing::on(&ladder(), points);
            assert_eq!(standing.rank.as_ref().map(|rank| rank.position), Some(held), "{points}");
            assert_eq!(standing.next.as_ref().map(|rank| rank.position), next, "{points}");
            assert_eq!(standing.missing(), missing, "{points}");
        }
        assert_eq!(Standing::on(&[], 5).rank, None);
    }
}
