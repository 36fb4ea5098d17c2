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
}

impl Rank {
    /// Where administrators change it.
    pub fn admin_url(&self) -> String {
        format!("/admin/ranks/{}", self.slug)
    }
}
