use super::suggested::{SUGGESTED, Suggested};
use crate::{
    error::{Error, Result},
    kit::{self, Message, Problems, one_line},
    members,
    settings::{self, Entry},
    web::Shell,
};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

const LONGEST_NAME: usize = 60;

/// The code, as somebody read it in the log.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeForm {
    pub(super) code: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

/// The settings that set-up asks for.
pub(super) const ASKED: [&str; 3] = ["community", "brand_color", "sign_up"];

/// A suggested board, as somebody wants it.
pub(super) struct Choice {
    pub(super) of: &'static Suggested,
    pub(super) ticked: bool,
    pub(super) name: String,
}

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Deed {
    /// From the community to its administrator.
    #[default]
    Onward,
    Back,
    Finish,
}

/// Everything that set-up asks for. Its two pages hand on what the other asked.
#[derive(Default)]
pub(super) struct SetUpForm {
    pub(super) community: String,
    pub(super) brand_color: String,
    pub(super) sign_up: String,
    pub(super) boards: Vec<Choice>,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    password: String,
    /// Asked once more where the browser's pass has become worthless.
    pub(super) code: String,
    pub(super) deed: Deed,
    pub(super) problems: Problems,
}

/// A setting with the value it is to have.
pub(super) type Wish = (&'static Entry, Value);

/// A board that is to be opened.
pub(super) struct NewBoard {
    pub(super) of: &'static Suggested,
    pub(super) name: String,
    pub(super) slug: String,
}

/// A community that may be founded.
pub(super) struct NewCommunity {
    pub(super) settings: Vec<Wish>,
    pub(super) boards: Vec<NewBoard>,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password: SecretString,
}

impl SetUpForm {
    /// What is suggested.
    pub(super) fn fresh(shell: &Shell) -> Self {
        let board =
            |of: &'static Suggested| Choice { of, ticked: of.ticked, name: shell.t(of.name) };
        Self {
            brand_color: shell.site.brand_color.clone(),
            sign_up: settings::entry("sign_up").map_or("", |entry| entry.default).to_owned(),
            boards: SUGGESTED.iter().map(board).collect(),
            ..Self::default()
        }
    }

    /// What was sent. Of a board that is not ticked browsers send its name alone.
    pub(super) fn of(sent: Vec<(String, String)>) -> Result<Self> {
        let board = |of: &'static Suggested| Choice { of, ticked: false, name: String::new() };
        let mut form = Self { boards: SUGGESTED.iter().map(board).collect(), ..Self::default() };
        let mut seen = BTreeSet::new();
        for (name, value) in sent {
            if !seen.insert(name.clone()) {
                return Err(Error::BadRequest(format!("{name} came twice")));
            }
            form.take(&name, value)?;
        }
        Ok(form)
    }

    fn take(&mut self, name: &str, value: String) -> Result<()> {
        let field = match name {
            "community" => &mut self.community,
            "brand_color" => &mut self.brand_color,
            "sign_up" => &mut self.sign_up,
            "handle" => &mut self.handle,
            "name" => &mut self.name,
            "email" => &mut self.email,
            "password" => &mut self.password,
            "code" => &mut self.code,
            "deed" => {
                self.deed = match value.as_str() {
                    "onward" => Deed::Onward,
                    "back" => Deed::Back,
                    "finish" => Deed::Finish,
                    _ => return Err(Error::BadRequest("what shall be done?".into())),
                };
                return Ok(());
            }
            board => {
                let mut choices = self.boards.iter_mut();
                let choice = choices.find(|it| [it.of.field, it.of.name_field].contains(&board));
                let choice =
                    choice.ok_or_else(|| Error::BadRequest(format!("what is {board}?")))?;
                if board == choice.of.field {
                    choice.ticked = true;
                    return Ok(());
                }
                &mut choice.name
            }
        };
        *field = value;
        Ok(())
    }

    /// What the first page asks for. What is wrong is noted at its field.
    pub(super) fn check_community(&mut self) -> Option<(Vec<Wish>, Vec<NewBoard>)> {
        let mut wishes = Vec::new();
        for (name, typed) in
            ASKED.into_iter().zip([&self.community, &self.brand_color, &self.sign_up])
        {
            let Some(entry) = settings::entry(name) else { continue };
            match entry.check(typed) {
                Ok(value) => wishes.push((entry, value)),
                Err(message) => self.problems.add(entry.name, message),
            }
        }
        let boards = self.check_boards();
        self.problems.none().then_some((wishes, boards))
    }

    fn check_boards(&mut self) -> Vec<NewBoard> {
        let mut boards: Vec<NewBoard> = Vec::new();
        for choice in self.boards.iter_mut().filter(|choice| choice.ticked) {
            choice.name = one_line(&choice.name);
            let of = choice.of;
            let slug = kit::slug(&choice.name);
            // A name in another script has no letters for addresses.
            let slug = if slug.is_empty() { of.field.replace('_', "-") } else { slug };
            if choice.name.is_empty() {
                self.problems.add(of.name_field, "admin-name-missing");
            } else if choice.name.chars().count() > LONGEST_NAME {
                let message = Message::with("admin-name-too-long", "most", LONGEST_NAME as i64);
                self.problems.add(of.name_field, message);
            } else if boards.iter().any(|other| other.slug == slug) {
                self.problems.add(of.name_field, "set-up-board-twice");
            }
            boards.push(NewBoard { of, name: choice.name.clone(), slug });
        }
        if boards.is_empty() {
            self.problems.add(SUGGESTED[0].field, "set-up-no-board");
        }
        boards
    }

    /// Both pages.
    pub(super) fn check(&mut self) -> Option<NewCommunity> {
        let community = self.check_community();
        let (handle, name, email) = (&mut self.handle, &mut self.name, &mut self.email);
        members::check_account(handle, name, email, &self.password, &mut self.problems);
        let (settings, boards) = community.filter(|_| self.problems.none())?;
        Some(NewCommunity {
            settings,
            boards,
            handle: self.handle.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            password: SecretString::from(self.password.clone()),
        })
    }
}
