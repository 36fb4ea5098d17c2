use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Something that, once it is so, stays so: whoever has learnt it need not ask again. Clones learn together.
#[derive(Debug, Clone, Default)]
pub struct Latch(Arc<AtomicBool>);

impl Latch {
    /// One that is known to be so.
    pub fn closed() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Whether it is known to be so.
    pub fn is_closed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes that it is so.
    pub fn close(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
