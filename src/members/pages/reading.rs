use crate::{
    app::App,
    error::Result,
    members::{Reading, Size, actions, forms::ReadingForm},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// How pages look to whoever reads them. Guests have it too.
#[derive(Template)]
#[template(path = "members/reading.html")]
pub(in crate::members) struct EditReading {
    shell: Shell,
    reading: Reading,
}

impl EditReading {
    /// Sizes to choose from, with the keys of their names.
    fn sizes(&self) -> [(Size, &'static str); 4] {
        [
            (Size::Small, "reading-size-small"),
            (Size::Usual, "reading-size-usual"),
            (Size::Large, "reading-size-large"),
            (Size::Largest, "reading-size-largest"),
        ]
    }
}

pub(in crate::members) async fn edit(shell: Shell) -> Page<EditReading> {
    Page(EditReading { reading: shell.reading, shell })
}

pub(in crate::members) async fn update(
    State(app): State<App>,
    shell: Shell,
    Form(form): Form<ReadingForm>,
) -> Result<Response> {
    let reading = form.reading();
    let saved = web::see_other_saying("/reading", "flash-saved");
    match shell.member() {
        Some(member) => {
            actions::read_as(&app, member, reading).await?;
            Ok(saved)
        }
        None => Ok(web::keep_reading(saved, reading)),
    }
}
