use super::choices;
use crate::{
    access::Admin,
    app::App,
    error::Result,
    invitations::{self, Choice, MailingForm},
    web::{self, FormWithFile, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "admin/new_invitations.html")]
pub(in crate::admin) struct NewMailing {
    shell: Shell,
    groups: Vec<Choice>,
    form: MailingForm,
}

pub(in crate::admin) async fn new_mailing(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<NewMailing>> {
    let groups = choices(&mut *app.db.acquire().await?, &shell.viewer).await?;
    Ok(Page(NewMailing { shell, groups, form: MailingForm::default() }))
}

pub(in crate::admin) async fn create_mailing(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    FormWithFile { mut form, file }: FormWithFile<MailingForm>,
) -> Result<Response> {
    let groups = choices(&mut *app.db.acquire().await?, &shell.viewer).await?;
    if let Some(file) = file {
        form.add_file(&file);
    }
    let Some(new) = form.check(&groups, &shell.site) else {
        return Ok(web::unprocessable(&NewMailing { shell, groups, form }));
    };
    invitations::mail(&app, &admin, &new).await?;
    Ok(web::see_other_saying("/admin/invitations", "flash-invitations-sent"))
}
