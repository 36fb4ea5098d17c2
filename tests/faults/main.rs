//! The write path under faults: clients that leave, servers and PostgreSQL that are killed, two servers
//! at once, a server that is told to stop.
//!
//! The servers are real processes of the program, on a PostgreSQL of the test's own. What the clients
//! sent, and what was acknowledged to them, stands in a [`ledger`]; afterwards the database is held
//! against it: whatever was acknowledged is there once, whatever is in doubt at most once, and there is
//! nothing that nobody sent. `candor doctor` recounts everything else.
//!
//! The tests take turns, because each needs the machine for itself, and together stay under a minute.
//! Where two things must happen at the same time, the test holds a row that both need until
//! PostgreSQL says that both wait for it; nothing depends on how fast the machine is.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere, also in what its tests share")]

mod abort;
mod browser;
mod dice;
mod drain;
mod kill;
mod ledger;
mod node;
mod post_office;
mod stage;
mod two_nodes;
mod writers;

#[expect(dead_code, reason = "shared with tests/database, where connections also fall silent")]
#[path = "../database/proxy.rs"]
mod proxy;
