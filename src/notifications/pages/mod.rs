pub(super) mod inbox;
pub(super) mod unsubscribe;
