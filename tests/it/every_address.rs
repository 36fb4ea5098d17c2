//! What holds for whatever is sent to any address of the server. The list of routes is asked, so that a new
//! one is asked too; how, and by whom, `permission_crawl.rs` knows.

mod fields;
mod rates;
mod swapped;
