use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The open streams of this node, counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Arc<Mutex<Taken>>);

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_holder: HashMap<String, usize>,
}

/// One counted stream; dropping it frees the place.
#[derive(Debug)]
pub struct Place {
    places: Places,
    holders: Vec<String>,
}

impl Places {
    /// A place for a stream of these holders, each with the most that they may have; none where one of them
    /// has as many, or all together have `most`.
    pub(super) fn take(&self, most: usize, holders: Vec<(String, usize)>) -> Option<Place> {
        let mut taken = self.taken();
        let full = |(holder, most): &(String, usize)| {
            taken.by_holder.get(holder).is_some_and(|held| held >= most)
        };
        if taken.all >= most || holders.iter().any(full) {
            return None;
        }
        let holders: Vec<String> = holders.into_iter().map(|(holder, _)| holder).collect();
        taken.all += 1;
        for holder in &holders {
            *taken.by_holder.entry(holder.clone()).or_default() += 1;
        }
        drop(taken);
        Some(Place { places: self.clone(), holders })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing in here can panic half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        for holder in &self.holders {
            if let Some(held) = taken.by_holder.get_mut(holder) {
                *held -= 1;
                if *held == 0 {
                    taken.by_holder.remove(holder);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Vec<(String, usize)> {
        vec![("ada".to_owned(), 2), ("office".to_owned(), 3)]
    }

    #[test]
    fn nobody_holds_more_than_their_own() {
        let places = Places::default();
        let held = [places.take(10, ada()).unwrap(), places.take(10, ada()).unwrap()];
        assert!(places.take(10, ada()).is_none());
        let _third = places.take(10, vec![("office".to_owned(), 3)]).unwrap();
        assert!(places.take(10, vec![("office".to_owned(), 3)]).is_none());
        assert!(places.take(10, vec![("bob".to_owned(), 2)]).is_some());
        drop(held);
        assert!(places.take(10, ada()).is_some());
    }

    #[test]
    fn all_together_hold_no_more_than_that() {
        let places = Places::default();
        let held: Vec<Place> = (0..3).map(|_| places.take(3, Vec::new()).unwrap()).collect();
        assert!(places.take(3, ada()).is_none());
        drop(held);
        let taken = places.taken();
        assert_eq!((taken.all, taken.by_holder.len()), (0, 0));
    }
}
