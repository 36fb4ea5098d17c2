mod joining;
mod reading;

use crate::{
    kit::{HandleProblem, Message, Problems, handle_problem, one_line},
    settings::Settings,
};
use secrecy::SecretString;
use serde::Deserialize;

pub(super) use joining::{ArrivalForm, NewArrival, NewSignUp, SignUpForm};
pub(super) use reading::ReadingForm;

/// Shortest and longest password, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=128;
const LONGEST_NAME: usize = 60;
const LONGEST_EMAIL: usize = 254;
const LONGEST_ABOUT: usize = 4_000;

/// Tidies and checks what an account with a password is made of.
pub(crate) fn check_account(
    handle: &mut String,
    name: &mut String,
    email: &mut String,
    password: &str,
    problems: &mut Problems,
) {
    *handle = handle.trim().trim_start_matches('@').to_owned();
    *name = one_line(name);
    *email = email.trim().to_owned();
    if let Some(problem) = handle_problem(handle) {
        problems.add("handle", problem_of_handle(problem));
    }
    check_name(name, problems);
    check_email(email, problems);
    check_password("password", password, problems);
}

/// The password of a member who links or unlinks a provider, where one is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofForm {
    #[serde(default, rename = "proof_password")]
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl ProofForm {
    pub(super) fn password(&self) -> Option<SecretString> {
        let typed = || typed_password("password", &self.password, &mut Problems::default());
        (!self.password.is_empty()).then(typed)
    }
}

/// What a member types to come back.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInForm {
    pub(super) login: String,
    pub(super) password: String,
    #[serde(default)]
    pub(super) back: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl SignInForm {
    pub(super) fn check(&mut self) -> Option<(String, SecretString)> {
        self.login = self.login.trim().trim_start_matches('@').to_owned();
        if self.login.is_empty() || self.login.chars().count() > LONGEST_EMAIL {
            self.problems.add("login", "sign-in-login-missing");
        }
        let password = typed_password("password", &self.password, &mut self.problems);
        self.problems.none().then(|| (self.login.clone(), password))
    }
}

/// Who asks for a new password.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetForm {
    pub(super) login: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl ResetForm {
    pub(super) fn check(&mut self) -> Option<String> {
        self.login = self.login.trim().trim_start_matches('@').to_owned();
        if self.login.is_empty() || self.login.chars().count() > LONGEST_EMAIL {
            self.problems.add("login", "sign-in-login-missing");
        }
        self.problems.none().then(|| self.login.clone())
    }
}

/// The new password.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPasswordForm {
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl NewPasswordForm {
    pub(super) fn check(&mut self) -> Option<SecretString> {
        check_password("password", &self.password, &mut self.problems);
        self.problems.none().then(|| SecretString::from(self.password.clone()))
    }
}

/// Another address, and the password of whoever wants it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressForm {
    pub(super) email: String,
    /// Not asked of those who have none.
    pub(super) password: Option<String>,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl AddressForm {
    pub(super) fn check(&mut self, settings: &Settings) -> Option<(String, Option<SecretString>)> {
        self.email = self.email.trim().to_owned();
        check_email(&self.email, &mut self.problems);
        check_domain(&self.email, settings, &mut self.problems);
        let typed = self.password.as_deref();
        let password = typed.map(|typed| typed_password("password", typed, &mut self.problems));
        self.problems.none().then(|| (self.email.clone(), password))
    }
}

/// The password a member has, and the one they want.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePasswordForm {
    pub(super) current_password: String,
    pub(super) new_password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl ChangePasswordForm {
    pub(super) fn check(&mut self) -> Option<(SecretString, SecretString)> {
        let current =
            typed_password("current_password", &self.current_password, &mut self.problems);
        check_password("new_password", &self.new_password, &mut self.problems);
        self.problems.none().then(|| (current, SecretString::from(self.new_password.clone())))
    }
}

/// Who really wants to close their account: the handle typed, and the password.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CloseForm {
    pub(super) handle: String,
    #[serde(default)]
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl CloseForm {
    /// The password, where the handle is the member's; `asked` says whether they have one.
    pub(super) fn check(&mut self, handle: &str, asked: bool) -> Option<SecretString> {
        self.handle = self.handle.trim().trim_start_matches('@').to_owned();
        if self.handle.to_lowercase() != handle.to_lowercase() {
            self.problems.add("handle", "close-handle-other");
        }
        let password = match asked {
            true => typed_password("password", &self.password, &mut self.problems),
            false => SecretString::from(String::new()),
        };
        self.problems.none().then_some(password)
    }
}

/// The password once more, before something is changed about the way into the account.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SelfForm {
    /// Missing where the account has none.
    #[serde(default)]
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl SelfForm {
    pub(super) fn check(&mut self) -> SecretString {
        cut(&self.password)
    }
}

/// A code of an app, or a recovery code.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeForm {
    pub(super) code: String,
    #[serde(default)]
    pub(super) back: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl CodeForm {
    pub(super) fn check(&mut self) -> Option<String> {
        check_code(&self.code, &mut self.problems);
        self.problems.none().then(|| self.code.clone())
    }
}

/// What takes an app away.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoveAppForm {
    #[serde(default)]
    pub(super) password: String,
    pub(super) code: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl RemoveAppForm {
    pub(super) fn check(&mut self) -> Option<(SecretString, String)> {
        check_code(&self.code, &mut self.problems);
        self.problems.none().then(|| (cut(&self.password), self.code.clone()))
    }
}

/// A passkey to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasskeyForm {
    pub(super) name: String,
    #[serde(default)]
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl PasskeyForm {
    pub(super) fn check(&mut self) -> Option<(String, SecretString)> {
        let name = passkey_name(&mut self.name, &mut self.problems);
        name.map(|name| (name, cut(&self.password)))
    }
}

/// Another name for a passkey.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenameForm {
    pub(super) name: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl RenameForm {
    pub(super) fn check(&mut self) -> Option<String> {
        passkey_name(&mut self.name, &mut self.problems)
    }
}

/// What a passkey answers, as the script sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasskeyAnswer {
    pub(super) challenge: String,
    pub(super) credential: String,
    #[serde(default)]
    pub(super) back: String,
}

fn passkey_name(name: &mut String, problems: &mut Problems) -> Option<String> {
    *name = one_line(name);
    check_name(name, problems);
    problems.none().then(|| name.clone())
}

fn check_code(code: &str, problems: &mut Problems) {
    if code.trim().is_empty() || code.len() > 100 {
        problems.add("code", "code-missing");
    }
}

/// What a member says of themselves.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileForm {
    pub(super) name: String,
    pub(super) about: String,
    /// Ticked: they stand on leaderboards.
    #[serde(default)]
    pub(super) listed: Option<String>,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl ProfileForm {
    pub(super) fn listed(&self) -> bool {
        self.listed.is_some()
    }

    pub(super) fn check(&mut self) -> bool {
        self.name = one_line(&self.name);
        check_name(&self.name, &mut self.problems);
        if self.about.chars().count() > LONGEST_ABOUT {
            self.problems.add(
                "about",
                Message::with("profile-about-too-long", "most", LONGEST_ABOUT as i64),
            );
        }
        self.problems.none()
    }
}

/// What is wrong with a handle, in words.
pub(super) fn problem_of_handle(problem: HandleProblem) -> Message {
    match problem {
        HandleProblem::TooShort => "handle-too-short".into(),
        HandleProblem::TooLong => "handle-too-long".into(),
        HandleProblem::Characters => "handle-characters".into(),
    }
}

fn check_name(name: &str, problems: &mut Problems) {
    if name.is_empty() {
        problems.add("name", "name-missing");
    } else if name.chars().count() > LONGEST_NAME {
        problems.add("name", Message::with("name-too-long", "most", LONGEST_NAME as i64));
    }
}

fn check_domain(email: &str, settings: &Settings, problems: &mut Problems) {
    if let Some(domain) = settings.refused_domain(email.trim()) {
        problems.add("email", Message::with("sign-up-domain-refused", "domain", domain));
    }
}

fn check_email(email: &str, problems: &mut Problems) {
    let parses =
        email.parse::<lettre::Address>().is_ok_and(|address| address.domain().contains('.'));
    if !parses || !email.is_ascii() || email.len() > LONGEST_EMAIL {
        problems.add("email", "email-invalid");
    }
}

/// Checks what somebody who is to be invited is called.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_invited(email: &str, name: &str) -> Result<(), Message> {
    let mut problems = Problems::default();
    check_email(email, &mut problems);
    if !name.is_empty() {
        check_name(name, &mut problems);
    }
    problems.all().first().map_or(Ok(()), |(_, problem)| Err(problem.clone()))
}

/// A password somebody should know, cut where none can go on.
fn typed_password(field: &'static str, typed: &str, problems: &mut Problems) -> SecretString {
    if typed.is_empty() {
        problems.add(field, "sign-in-password-missing");
    }
    cut(typed)
}

fn cut(typed: &str) -> SecretString {
    SecretString::from(typed.chars().take(*PASSWORD.end()).collect::<String>())
}

/// Checks how long a password is, which needs nobody's turn; how soon it would be guessed is judged
/// afterwards. What is wrong stands beside `field`.
pub(crate) fn check_password(field: &'static str, password: &str, problems: &mut Problems) {
    let length = password.chars().count();
    if length < *PASSWORD.start() {
        problems.add(field, Message::with("password-too-short", "least", *PASSWORD.start() as i64));
    } else if length > *PASSWORD.end() {
        problems.add(field, Message::with("password-too-long", "most", *PASSWORD.end() as i64));
    }
}
