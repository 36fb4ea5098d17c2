//! Second factors: what somebody has, besides the password that they know.
//!
//! An *app* makes codes of a seed and the time, a *passkey* signs what it is asked to; either is enough.
//! *Recovery codes* stand in where both are out of reach, and alone are none. A passkey that has asked for
//! a finger or a PIN is two factors by itself, so it also signs in without a password.
//!
//! Nothing here begins a session: that is for `actions/sessions.rs` to decide.

pub(super) mod otp;
pub(super) mod passkeys;
