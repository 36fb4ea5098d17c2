/// A text that goes into a log, without mail addresses: mail servers and the database repeat them in what
/// they say of an error. Whatever hangs together with an `@` goes.
pub fn without_addresses(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        if !piece.contains('@') {
            masked.push_str(piece);
            continue;
        }
        masked.push('…');
        masked.extend(piece.chars().next_back().filter(|c| c.is_whitespace()));
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::without_addresses;

    #[test]
    fn addresses_go_and_the_rest_stays() {
        for (said, kept) in [
            ("550 5.1.1 <ada@example.com>: unknown\nuser", "550 5.1.1 … unknown\nuser"),
            ("Key (lower(email))=(ada@example.com) already exists.", "Key … already exists."),
            ("nothing to hide", "nothing to hide"),
        ] {
            assert_eq!(without_addresses(said), kept);
        }
    }
}
