use crate::kit::MemberId;

/// Somebody as shown beside what they wrote.
#[derive(Debug, Clone)]
pub struct Author {
    /// The account.
    pub id: MemberId,
    /// What they are called in addresses.
    pub handle: String,
    /// What they are called.
    pub name: String,
}

impl Author {
    /// Where more about them stands.
    pub fn url(&self) -> String {
        profile_url(&self.handle)
    }

    /// One or two letters for the generated picture.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    /// The tint of the generated picture, 1 to 8.
    pub fn tone(&self) -> i64 {
        tone(self.id)
    }
}

/// The address of a profile.
pub fn profile_url(handle: &str) -> String {
    format!("/m/{handle}")
}

/// The tint of a member's generated picture: one of the stylesheet's eight.
pub fn tone(id: MemberId) -> i64 {
    id.0.rem_euclid(8) + 1
}

/// The first letters of the first and last word of a name.
pub(super) fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Lind"), "AL");
        assert_eq!(initials("maria de la Cruz"), "MC");
        assert_eq!(initials("Björn"), "B");
        assert_eq!(initials("—"), "");
    }
}
