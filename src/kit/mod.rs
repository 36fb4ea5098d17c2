//! Small pure things every room needs: ids, the clock, cursors, slugs, secrets, field problems.
//!
//! Nothing here does input or output, except that [`Clock`] is the only place that reads the time.

mod clock;
mod code;
mod color;
mod cursor;
mod handle;
mod ids;
mod latch;
mod masked;
mod one_line;
mod page_number;
mod problems;
mod secret;
mod slug;

pub use clock::Clock;
pub use code::Code;
pub use color::{Oklch, Rgb};
pub use cursor::Cursor;
pub use handle::{HandleProblem, handle_problem, handle_skeleton};
pub use ids::{
    ApplicationId, AttachmentId, BoardId, CategoryId, DraftId, EventId, GroupId, InvitationId,
    JobId, MemberId, NoticeId, PasskeyId, PostId, ProviderId, RevisionId, ThreadId,
};
pub use latch::Latch;
pub use masked::without_addresses;
pub use one_line::one_line;
pub use page_number::PageNumber;
pub use problems::{Arg, Message, Problems};
pub use secret::{Secret, SecretHash};
pub use slug::slug;
