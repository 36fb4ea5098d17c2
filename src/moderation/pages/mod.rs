pub(super) mod acts;
pub(super) mod flag;
pub(super) mod queue;
pub(super) mod remove;
