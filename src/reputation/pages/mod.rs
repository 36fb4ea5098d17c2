pub(super) mod badges;
pub(super) mod kudos;
pub(super) mod leaders;
pub(super) mod ranks;
