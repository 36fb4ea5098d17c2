use crate::{
    admin::actions::Wish,
    error::{Error, Result},
    kit::Problems,
    settings::{ENTRIES, Entry, Kind, Settings},
};

/// After a setting's name: what it had when the page was drawn.
const WAS: &str = ".was";

/// One setting in the form.
pub(in crate::admin) struct Field {
    pub(super) entry: &'static Entry,
    pub(super) typed: String,
    /// What it had when the page was drawn: a field that still says so asks for nothing, so that a page from
    /// before undoes nothing. None where that was not sent.
    pub(super) was: Option<String>,
}

impl Field {
    /// Whether it asks for something.
    pub(super) fn is_changed(&self) -> bool {
        self.was.as_ref() != Some(&self.typed)
    }
}

/// The settings as they are.
pub(super) fn drawn(now: &Settings) -> Vec<Field> {
    let field = |entry: &'static Entry| {
        let said = now.said(entry);
        Field { entry, typed: said.clone(), was: Some(said) }
    };
    ENTRIES.iter().map(field).collect()
}

/// Takes over what was sent. A setting of which nothing came asks for nothing; of a switch that is off,
/// browsers send only what it was.
pub(super) fn fill(fields: &mut [Field], sent: Vec<(String, String)>) -> Result<()> {
    let mut seen: Vec<String> = Vec::new();
    for field in fields.iter_mut() {
        let came = |part: &str| {
            sent.iter().any(|(name, _)| *name == format!("{}{part}", field.entry.name))
        };
        if came("") && !came(WAS) {
            field.was = None;
        }
        if matches!(field.entry.kind, Kind::Switch) && came(WAS) {
            field.typed = "no".to_owned();
        }
    }
    for (name, value) in sent {
        let (of, is_was) = name.strip_suffix(WAS).map_or((&name[..], false), |of| (of, true));
        let field = fields.iter_mut().find(|field| field.entry.name == of);
        let field = field.filter(|_| !seen.contains(&name));
        let field = field.ok_or_else(|| Error::BadRequest(format!("what is {name}?")))?;
        let value = value.replace("\r\n", "\n");
        if is_was {
            field.was = Some(value);
        } else {
            field.typed = value;
        }
        seen.push(name);
    }
    Ok(())
}

/// What is asked for. What is wrong is noted at its field.
pub(super) fn check(fields: &[Field], problems: &mut Problems) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for field in fields.iter().filter(|field| field.is_changed()) {
        match field.entry.check(&field.typed) {
            Ok(value) => {
                wishes.push(Wish { entry: field.entry, value, was: field.was.clone() });
            }
            Err(message) => problems.add(field.entry.name, message),
        }
    }
    wishes
}
