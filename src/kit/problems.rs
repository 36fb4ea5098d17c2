/// What fills a gap in a text; numbers decide plurals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words, put in as they are.
    Text(String),
    /// A number, written and inflected by the rules of the language.
    Number(i64),
}

macro_rules! arg_from {
    ($($variant:ident: $($type:ty),+;)+) => {$($(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::$variant(value.to_owned().into())
            }
        }
    )+)+};
}

arg_from! {
    Text: String, &String, &str, &&str;
    Number: i64, &i64, i32, &i32, i16, &i16;
}

/// Templates hand over references to what their patterns bound.
macro_rules! arg_from_reference {
    ($($type:ty),+) => {$(
        impl From<&&$type> for Arg {
            fn from(value: &&$type) -> Self {
                Self::from(*value)
            }
        }
    )+};
}

arg_from_reference!(String, i64, i32);

/// A text for a person: a key of `locales/` and what to put into its gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The key in the translations.
    pub key: &'static str,
    /// Names and values of the gaps.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A text with a single gap.
    pub fn with(key: &'static str, name: &'static str, value: impl Into<Arg>) -> Self {
        Self { key, args: vec![(name, value.into())] }
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }
}

/// What is wrong with a form, each beside the field it concerns. Not an error: the page is drawn
/// again with everything typed still there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, Message)>);

impl Problems {
    /// Notes what is wrong with `field`.
    pub fn add(&mut self, field: &'static str, message: impl Into<Message>) {
        self.0.push((field, message.into()));
    }

    /// Whether the form may be acted on.
    pub fn none(&self) -> bool {
        self.0.is_empty()
    }

    /// The first problem of `field`.
    pub fn of(&self, field: impl AsRef<str>) -> Option<&Message> {
        self.0.iter().find(|(name, _)| *name == field.as_ref()).map(|(_, message)| message)
    }

    /// All of them in the order they were found, for the summary above the form.
    pub fn all(&self) -> &[(&'static str, Message)] {
        &self.0
    }
}
