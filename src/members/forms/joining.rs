//! What people send who want to become members.

use super::{check_account, check_domain, check_email, check_name, problem_of_handle};
use crate::{
    kit::{Message, Problems, handle_problem, one_line},
    settings::Settings,
};
use secrecy::SecretString;
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

const LONGEST_ANSWER: usize = 1_000;

/// What a visitor types to become a member.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct SignUpForm {
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    pub(in crate::members) password: String,
    /// The version of the terms that they agree to.
    #[serde(default)]
    pub(in crate::members) terms: Option<i32>,
    #[serde(default)]
    pub(in crate::members) back: String,
    /// To the question of those who approve.
    #[serde(default)]
    pub(in crate::members) answer: String,
    /// Nobody sees this field; programs fill in whatever there is.
    #[serde(default)]
    pub(in crate::members) website: String,
    /// The puzzle that was drawn with the form, where browsers are asked to work, and what solves it.
    #[serde(default)]
    pub(in crate::members) puzzle: String,
    #[serde(default)]
    pub(in crate::members) work: String,
    /// When the form was drawn, in seconds since 1970.
    #[serde(default)]
    pub(in crate::members) drawn: String,
    #[serde(skip)]
    pub(in crate::members) problems: Problems,
}

/// Nobody fills in this form in less.
const QUICKEST: Duration = Duration::seconds(3);

/// A sign-up that may be acted on.
pub(in crate::members) struct NewSignUp {
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    pub(in crate::members) password: SecretString,
    pub(in crate::members) terms: Option<i32>,
    pub(in crate::members) answer: String,
}

impl SignUpForm {
    /// A form that is drawn now.
    pub(in crate::members) fn fresh(back: String, now: OffsetDateTime) -> Self {
        Self { back, drawn: now.unix_timestamp().to_string(), ..Self::default() }
    }

    /// Whether it was filled in as only a program could.
    pub(in crate::members) fn by_a_program(&self) -> bool {
        !self.website.is_empty()
    }

    /// Complains where it was sent sooner than people type, or was never drawn. The time is not signed: a
    /// program that knows enough to lie about it knows enough to wait.
    pub(in crate::members) fn check_pace(&mut self, now: OffsetDateTime) {
        let drawn =
            self.drawn.parse().ok().and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
        if drawn.is_none_or(|drawn| now - drawn < QUICKEST) {
            self.problems.add("password", "sign-up-too-fast");
        }
        if drawn.is_none() {
            self.drawn = now.unix_timestamp().to_string();
        }
    }

    /// Complains where there are terms, and nobody agreed to them.
    pub(in crate::members) fn check_terms(&mut self, asked: bool) {
        check_terms(self.terms, asked, &mut self.problems);
    }

    /// Complains of an address that will be thrown away.
    pub(in crate::members) fn check_domain(&mut self, settings: &Settings) {
        check_domain(&self.email, settings, &mut self.problems);
    }

    /// Complains where a question was asked and not answered.
    pub(in crate::members) fn check_answer(&mut self) {
        check_answer(&mut self.answer, &mut self.problems);
    }

    pub(in crate::members) fn check(&mut self) -> Option<NewSignUp> {
        let (handle, name, email) = (&mut self.handle, &mut self.name, &mut self.email);
        check_account(handle, name, email, &self.password, &mut self.problems);
        self.problems.none().then(|| NewSignUp {
            handle: self.handle.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            password: SecretString::from(self.password.clone()),
            terms: self.terms,
            answer: self.answer.clone(),
        })
    }
}

/// What somebody types who becomes a member by a provider.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct ArrivalForm {
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    /// The version of the terms that they agree to.
    #[serde(default)]
    pub(in crate::members) terms: Option<i32>,
    /// To the question of those who approve.
    #[serde(default)]
    pub(in crate::members) answer: String,
    #[serde(skip)]
    pub(in crate::members) problems: Problems,
}

/// An account that may be made, without a password.
pub(in crate::members) struct NewArrival {
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    pub(in crate::members) terms: Option<i32>,
    pub(in crate::members) answer: String,
}

impl ArrivalForm {
    /// As [`SignUpForm::check_answer`].
    pub(in crate::members) fn check_answer(&mut self) {
        check_answer(&mut self.answer, &mut self.problems);
    }

    /// As [`SignUpForm::check_terms`].
    pub(in crate::members) fn check_terms(&mut self, asked: bool) {
        check_terms(self.terms, asked, &mut self.problems);
    }

    pub(in crate::members) fn check(&mut self, settings: &Settings) -> Option<NewArrival> {
        self.handle = self.handle.trim().trim_start_matches('@').to_owned();
        self.name = one_line(&self.name);
        self.email = self.email.trim().to_owned();
        if let Some(problem) = handle_problem(&self.handle) {
            self.problems.add("handle", problem_of_handle(problem));
        }
        check_name(&self.name, &mut self.problems);
        check_email(&self.email, &mut self.problems);
        check_domain(&self.email, settings, &mut self.problems);
        self.problems.none().then(|| NewArrival {
            handle: self.handle.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            terms: self.terms,
            answer: self.answer.clone(),
        })
    }
}

fn check_terms(agreed: Option<i32>, asked: bool, problems: &mut Problems) {
    if asked && agreed.is_none() {
        problems.add("terms", "sign-up-terms-missing");
    }
}

fn check_answer(answer: &mut String, problems: &mut Problems) {
    *answer = answer.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    match answer.chars().count() {
        0 => problems.add("answer", "sign-up-answer-missing"),
        length if length > LONGEST_ANSWER => {
            let most = LONGEST_ANSWER as i64;
            problems.add("answer", Message::with("sign-up-answer-too-long", "most", most));
        }
        _ => {}
    }
}
