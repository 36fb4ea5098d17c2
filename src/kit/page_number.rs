use serde::{Deserialize, Deserializer};

/// Page *n* of a thread, from 1. Because positions are dense, a page is a range of positions and
/// costs the same wherever it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageNumber(i32);

impl PageNumber {
    /// Posts on one page of a thread.
    pub const SIZE: i32 = 20;
    /// The opening page.
    pub const FIRST: Self = Self(1);

    /// Page `number`, or the first where the number is none.
    pub fn new(number: i32) -> Self {
        Self(number.clamp(1, i32::MAX / Self::SIZE))
    }

    /// The page on which the post at `position` stands.
    pub fn of(position: i32) -> Self {
        Self::new((position - 1).max(0) / Self::SIZE + 1)
    }

    /// The number as written in the address.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The first position on this page.
    pub fn first(self) -> i32 {
        (self.0 - 1) * Self::SIZE + 1
    }

    /// The last position on this page.
    pub fn last(self) -> i32 {
        self.0 * Self::SIZE
    }
}

impl<'de> Deserialize<'de> for PageNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(i32::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_stands_on_the_page_whose_range_holds_its_position() {
        for position in 1..200 {
            let page = PageNumber::of(position);
            assert!(page.first() <= position && position <= page.last());
        }
    }
}
