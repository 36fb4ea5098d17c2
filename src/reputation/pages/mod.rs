pub(super) mod kudos;
pub(super) mod leaders;
pub(super) mod ranks;
