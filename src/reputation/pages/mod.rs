pub(super) mod kudos;
pub(super) mod ranks;
