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

    /// Whether the account is closed: then there is no profile to lead to, and no picture.
    pub fn is_former(&self) -> bool {
        is_former(&self.handle)
    }

    /// One or two letters for the generated picture.
    pub fn initials(&self) -> String {
        if self.is_former() { String::new() } else { initials(&self.name) }
    }

    /// The tint of the generated picture, 1 to 8; all who left share one.
    pub fn tone(&self) -> i64 {
        if self.is_former() { 1 } else { tone(self.id) }
    }
}

/// Whether this is the handle of an account that is closed.
pub(crate) fn is_former(handle: &str) -> bool {
    handle.starts_with(FORMER)
}

/// Begins the handle of an account that is closed, and of no other: nobody can choose it
/// ([`crate::kit::handle_problem`]). After it comes the account's number.
pub(super) const FORMER: char = '~';

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
