pub(super) mod files;
pub(super) mod uploads;
