use crate::{
    app::App,
    error::Result,
    kit::Problems,
    members::{Member, actions, forms::ProfileForm, profile_url, store},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "members/settings.html")]
pub(in crate::members) struct EditSettings {
    shell: Shell,
    form: ProfileForm,
}

pub(in crate::members) async fn edit(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<EditSettings>> {
    let own = store::own_words(&mut *app.db.acquire().await?, member.id).await?;
    let listed = own.listed.then(|| "on".to_owned());
    let form =
        ProfileForm { name: own.name, about: own.about, listed, problems: Problems::default() };
    Ok(Page(EditSettings { shell, form }))
}

pub(in crate::members) async fn update(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(mut form): Form<ProfileForm>,
) -> Result<Response> {
    if form.check() {
        if actions::edit_profile(&app, &member, &form.name, &form.about).await? {
            actions::stand_on_leaderboards(&app, &member, form.listed()).await?;
            return Ok(web::see_other_saying(&profile_url(&member.handle), "flash-saved"));
        }
        form.problems.add("about", "text-too-intricate");
    }
    Ok(web::unprocessable(&EditSettings { shell, form }))
}
