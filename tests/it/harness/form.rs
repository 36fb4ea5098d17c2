use super::{
    answer::{Answer, selector},
    client::Client,
    outline,
};
use axum::http::Method;
use scraper::{ElementRef, Html};
use std::time::Duration;

/// A form as it was drawn. What is not [`set`](Form::set) goes back as it came, so that hidden fields
/// and names are tested with everything else.
pub(crate) struct Form {
    client: Client,
    method: Method,
    action: String,
    fields: Vec<Field>,
    buttons: Vec<Button>,
    pressed: Option<usize>,
    files: Vec<(String, Vec<u8>)>,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    value: String,
    /// Values one can choose from; empty where one types.
    choices: Vec<String>,
    /// Boxes that are not ticked are not sent.
    sent: bool,
}

#[derive(Debug, Clone)]
struct Button {
    words: String,
    name: Option<String>,
    value: String,
    action: Option<String>,
    method: Option<String>,
}

impl Form {
    /// Types into a field, chooses from a list or ticks a box.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        let names: Vec<_> = self.fields.iter().map(|field| field.name.clone()).collect();
        let of_name: Vec<_> = self.fields.iter_mut().filter(|field| field.name == name).collect();
        assert!(!of_name.is_empty(), "no field {name:?} was drawn, only {names:?}");
        let mut chosen = false;
        for field in of_name {
            if field.choices.is_empty() {
                value.clone_into(&mut field.value);
                chosen = true;
            } else if field.choices.iter().any(|choice| choice == value) {
                value.clone_into(&mut field.value);
                (field.sent, chosen) = (true, true);
            } else {
                // Another of the same radio buttons.
                field.sent = false;
            }
        }
        assert!(chosen, "{name} offers no {value:?}");
        self
    }

    /// Chooses a file, as many as wanted.
    pub(crate) fn choose(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), content.into()));
        self
    }

    /// What a field holds.
    pub(crate) fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|field| field.name == name && field.sent);
        &field.unwrap_or_else(|| panic!("no field {name:?}: {:?}", self.fields)).value
    }

    /// Whether it has a button with these words.
    pub(crate) fn has_button(&self, words: &str) -> bool {
        self.buttons.iter().any(|button| button.words == words)
    }

    /// Sends it by the button it was found by, else by its first, as Enter does.
    pub(crate) async fn send(self) -> Answer {
        let pressed = self.pressed.or((!self.buttons.is_empty()).then_some(0));
        let button = pressed.map(|at| self.buttons[at].clone());
        self.send_by(button).await
    }

    /// Presses the button it was found by.
    pub(crate) async fn press(self) -> Answer {
        assert!(self.pressed.is_some(), "find it by answer.button(…), or use send_as(…)");
        self.send().await
    }

    /// Sends it by the button with these words.
    pub(crate) async fn send_as(self, words: &str) -> Answer {
        let button = self.buttons.iter().find(|button| button.words == words).cloned();
        assert!(button.is_some(), "no button {words:?}, only {:?}", self.buttons);
        self.send_by(button).await
    }

    async fn send_by(self, button: Option<Button>) -> Answer {
        let mut fields: Vec<(String, String)> = self
            .fields
            .iter()
            .filter(|field| field.sent)
            .map(|field| (field.name.clone(), as_sent(&field.value)))
            .collect();
        let (mut action, mut method) = (self.action.clone(), self.method.clone());
        if let Some(button) = button {
            fields.extend(button.name.map(|name| (name, button.value)));
            action = button.action.unwrap_or(action);
            method = button.method.map_or(method, |method| verb(&method));
        }
        if method == Method::GET {
            let path = action.split('?').next().unwrap_or_default();
            let query =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            return self.client.get(&format!("{path}?{query}")).await;
        }
        if self.files.is_empty() {
            return self.client.ask(method, &action).fields(&fields).send().await;
        }
        fields.retain(|(name, _)| name != "files");
        let send =
            || self.client.ask(method.clone(), &action).with_files(&fields, &self.files).send();
        let mut answer = send().await;
        for _ in 0..10 {
            // Where others decode large pictures one comes again.
            if answer.status != 503 {
                break;
            }
            tokio::time::sleep(Duration::from_secs(3)).await;
            answer = send().await;
        }
        answer
    }
}

/// Browsers send line breaks as two characters.
fn as_sent(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\n', "\r\n")
}

fn verb(method: &str) -> Method {
    match method.to_lowercase().as_str() {
        "post" => Method::POST,
        _ => Method::GET,
    }
}

pub(super) fn find_form(
    client: &Client,
    page: &Html,
    within: ElementRef<'_>,
    path: &str,
    which: &str,
) -> Form {
    // Those of dialogs send nothing.
    let forms: Vec<_> = within.select(&selector("form:not([method=dialog])")).collect();
    let by = |attribute: &'static str| {
        move |form: &ElementRef<'_>| form.attr(attribute).is_some_and(|value| value == which)
    };
    let by_button = |form: &ElementRef<'_>| {
        buttons(page, *form).iter().any(|(_, button)| button.words == which)
    };
    let by_address = |form: &ElementRef<'_>| form.attr("action").unwrap_or(path) == which;
    let ways: [&dyn Fn(&ElementRef<'_>) -> bool; 5] =
        [&by("id"), &by("name"), &by("aria-label"), &by_address, &by_button];
    for way in ways {
        let found: Vec<_> = forms.iter().filter(|form| way(form)).collect();
        if let [form] = found[..] {
            return draw(client, page, *form, path);
        }
        assert!(
            found.is_empty(),
            "{path} has {} forms {which:?}: take a part() first",
            found.len()
        );
    }
    let all: Vec<_> = forms.iter().map(|form| outline::of(page.root_element(), *form)).collect();
    panic!("{path} has no form {which:?}, only\n{}", all.join("\n"));
}

pub(super) fn find_button(
    client: &Client,
    page: &Html,
    within: ElementRef<'_>,
    path: &str,
    words: &str,
) -> Form {
    let all: Vec<_> = within.select(&selector("button")).collect();
    let found: Vec<_> = all.iter().filter(|button| outline::name_of(**button) == words).collect();
    let names = || all.iter().map(|button| outline::name_of(*button)).collect::<Vec<_>>();
    assert!(!found.is_empty(), "{path} has no button {words:?}, only {:?}", names());
    assert_eq!(found.len(), 1, "{path} has several buttons {words:?}: take a part() first");
    let owner = owner(page, *found[0]).unwrap_or_else(|| panic!("{words:?} belongs to no form"));
    let mut form = draw(client, page, owner, path);
    form.pressed =
        buttons(page, owner).iter().position(|(element, _)| element.id() == found[0].id());
    assert!(form.pressed.is_some(), "the button {words:?} sends nothing");
    form
}

fn draw(client: &Client, page: &Html, form: ElementRef<'_>, path: &str) -> Form {
    Form {
        client: client.clone(),
        method: verb(form.attr("method").unwrap_or("get")),
        action: form.attr("action").unwrap_or(path).to_owned(),
        fields: owned(page, form, "input, select, textarea").filter_map(field).collect(),
        buttons: buttons(page, form).into_iter().map(|(_, button)| button).collect(),
        pressed: None,
        files: Vec::new(),
    }
}

/// The form an element belongs to: the one it names, else the one around it.
fn owner<'a>(page: &'a Html, element: ElementRef<'a>) -> Option<ElementRef<'a>> {
    if let Some(id) = element.attr("form") {
        return page.select(&selector("form")).find(|form| form.attr("id") == Some(id));
    }
    element.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == "form")
}

fn owned<'a>(
    page: &'a Html,
    form: ElementRef<'a>,
    css: &str,
) -> impl Iterator<Item = ElementRef<'a>> {
    let all: Vec<_> = page.select(&selector(css)).collect();
    all.into_iter()
        .filter(move |element| owner(page, *element).is_some_and(|owner| owner.id() == form.id()))
        .filter(|element| element.attr("disabled").is_none())
}

fn buttons<'a>(page: &'a Html, form: ElementRef<'a>) -> Vec<(ElementRef<'a>, Button)> {
    let submits = owned(page, form, "button")
        .filter(|button| button.attr("type").is_none_or(|kind| kind == "submit"));
    let button = |element: ElementRef<'a>| Button {
        words: outline::name_of(element),
        name: element.attr("name").map(ToOwned::to_owned),
        value: element.attr("value").unwrap_or_default().to_owned(),
        action: element.attr("formaction").map(ToOwned::to_owned),
        method: element.attr("formmethod").map(ToOwned::to_owned),
    };
    submits.map(|element| (element, button(element))).collect()
}

fn field(element: ElementRef<'_>) -> Option<Field> {
    let name = element.attr("name")?.to_owned();
    let (value, choices, sent) = match (element.value().name(), element.attr("type")) {
        ("input", Some("submit" | "button" | "image" | "reset" | "file")) => return None,
        ("input", Some("checkbox" | "radio")) => {
            let value = element.attr("value").unwrap_or("on").to_owned();
            (value.clone(), vec![value], element.attr("checked").is_some())
        }
        ("select", _) => chosen(element),
        ("textarea", _) => {
            // The parser has dropped the first line break already.
            (element.text().collect(), Vec::new(), true)
        }
        _ => (element.attr("value").unwrap_or_default().to_owned(), Vec::new(), true),
    };
    Some(Field { name, value, choices, sent })
}

fn chosen(select: ElementRef<'_>) -> (String, Vec<String>, bool) {
    let options: Vec<_> = select.select(&selector("option")).collect();
    let value = |option: &ElementRef<'_>| {
        option.attr("value").map_or_else(|| outline::words(*option), ToOwned::to_owned)
    };
    let selected = options.iter().find(|option| option.attr("selected").is_some());
    let chosen = selected.or(options.first()).map(value);
    let choices = options.iter().map(value).collect();
    (chosen.clone().unwrap_or_default(), choices, chosen.is_some())
}
