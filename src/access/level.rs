/// What a viewer may do on a board. The order counts: each level holds those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(type_name = "board_level", rename_all = "lowercase")]
pub enum Level {
    /// Read.
    See,
    /// Answer.
    Reply,
    /// Begin threads.
    Start,
    /// Keep the place fair: lock, pin, remove, restore, accept.
    Moderate,
}
