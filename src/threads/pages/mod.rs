pub(super) mod deeds;
pub(super) mod live;
pub(super) mod lock;
pub(super) mod me_too;
pub(super) mod new;
pub(super) mod reply;
pub(super) mod show;
pub(super) mod tag;
