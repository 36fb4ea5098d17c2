//! What it says when it does not start.

use crate::place::{Place, is_root};
use candor::database::embedded::{Embedded, Settings};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

#[tokio::test]
async fn a_second_server_on_the_same_directory_is_refused() {
    let place = Place::new();
    let first = place.start().await;

    let refusal = place.refusal().await;

    println!("{refusal}");
    assert!(refusal.contains("another Candor (process "), "{refusal}");
    assert!(refusal.contains("DATABASE_URL"), "{refusal}");
    first.stop().await.unwrap();
    place.start().await.stop().await.unwrap();
}

#[tokio::test]
async fn a_directory_postgresql_cannot_enter_is_named() {
    if !is_root() {
        return;
    }
    let outer = Place::new();
    fs::set_permissions(&outer.data, fs::Permissions::from_mode(0o700)).unwrap();
    let inner = Place::under(&outer.data);

    let refusal = inner.refusal().await;

    println!("{refusal}");
    assert!(refusal.contains(&format!("chmod o+x {}`", outer.data.display())), "{refusal}");
    assert!(!inner.data.join("pg/data").exists(), "before anything is made");
}

#[tokio::test]
async fn a_cluster_of_another_version_is_not_touched() {
    let place = Place::new();
    place.start().await.stop().await.unwrap();
    fs::write(place.cluster().join("PG_VERSION"), "12\n").unwrap();

    let refusal = place.refusal().await;

    println!("{refusal}");
    assert!(refusal.contains("made by PostgreSQL 12"), "{refusal}");
    assert!(refusal.contains("pg_upgrade"), "{refusal}");
}

#[tokio::test]
async fn a_folder_without_programs_is_named() {
    let place = Place::new();
    let setting = Settings { bin: Some("/nowhere".into()), ..place.settings() };
    let refusal = format!("{:#}", Embedded::start(&setting).await.err().unwrap());
    assert!(refusal.contains("no usable PostgreSQL in /nowhere"), "{refusal}");
}

#[tokio::test]
async fn a_folder_that_is_no_cluster_is_not_touched() {
    let place = Place::new();
    fs::create_dir_all(place.cluster()).unwrap();
    if is_root() {
        std::os::unix::fs::chown(place.cluster(), Some(65534), None).unwrap();
    }
    let refusal = place.refusal().await;
    assert!(refusal.contains("is not a PostgreSQL cluster"), "{refusal}");
}

#[tokio::test]
async fn a_half_made_cluster_is_made_anew() {
    let place = Place::new();
    fs::create_dir_all(place.data.join("pg/data.initdb/base")).unwrap();

    place.start().await.stop().await.unwrap();

    assert!(!place.data.join("pg/data.initdb").exists());
}

#[tokio::test]
async fn what_postgresql_says_when_it_fails_is_shown() {
    let place = Place::new();
    let configuration = vec![("shared_buffers".to_owned(), "nonsense".to_owned())];
    let settings = Settings { configuration, ..place.settings() };

    let refusal = format!("{:#}", Embedded::start(&settings).await.err().unwrap());

    assert!(refusal.contains("invalid value for parameter \"shared_buffers\""), "{refusal}");
    assert!(Path::new(&place.data.join("pg/postgres.log")).exists());
}
