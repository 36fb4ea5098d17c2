use super::points::told_thousandths;

/// A step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// Its id.
    pub id: i64,
    /// Its place, from 1.
    pub position: i16,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// A name in the icon sprite.
    pub icon: String,
    /// Its colour, from 1 to 8.
    pub tone: i16,
    /// What it takes.
    pub formula: String,
    /// Once reached it is kept, whatever happens.
    pub permanent: bool,
    /// What kudos of its holders weigh, in thousandths.
    pub kudos_weight: i32,
    /// Its holders, and those of higher ranks, may accept replies to others' questions.
    pub accepts: bool,
}

impl Rank {
    /// What kudos of its holders weigh, in words.
    pub fn told_weight(&self) -> String {
        told_thousandths(self.kudos_weight.into())
    }

    /// Where administrators change it.
    pub fn admin_url(&self) -> String {
        format!("/admin/ranks/{}", self.slug)
    }
}
