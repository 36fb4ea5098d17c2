//! Starting, stopping, dying, coming back.

use crate::place::{Place, Server, lives, number, run, signal};
use candor::database::{Database, DatabaseOptions, open};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

async fn remember(server: &candor::database::embedded::Embedded) {
    run(&server.owner(), "create table if not exists kept (n bigint); insert into kept values (1)")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_second_start_finds_what_the_first_kept() {
    let place = Place::new();
    let began = Instant::now();
    let first = place.start().await;
    let first_took = began.elapsed();
    remember(&first).await;

    let began = Instant::now();
    first.stop().await.unwrap();
    let stop_took = began.elapsed();
    assert!(!place.cluster().join("postmaster.pid").exists(), "a clean stop leaves no pid file");

    let began = Instant::now();
    let second = place.start().await;
    let second_took = began.elapsed();
    println!("first start {first_took:?}, stop {stop_took:?}, second start {second_took:?}");
    assert_eq!(
        number(&second.app(), "select count(*) from pg_tables where tablename = 'kept'").await,
        1
    );
    assert_eq!(number(&second.owner(), "select count(*) from kept").await, 1);
    second.stop().await.unwrap();
}

#[tokio::test]
async fn without_an_address_there_is_a_database_all_the_same() {
    let place = Place::new();
    let options = DatabaseOptions {
        url: None,
        owner_url: None,
        data: place.data.join("not/made/yet"),
        pg_bin: None,
        pg_user: None,
        connections: 4,
    };

    let opened = open(&options).await.unwrap();
    assert!(!opened.migrate().await.unwrap().applied.is_empty());
    let database = Database::connect(opened.app.clone(), 4).await.unwrap();

    assert!(opened.bin_dir.unwrap().join("pg_dump").is_file());
    assert_eq!(database.pool_state().size, 1);
    database.close().await;
    opened.embedded.unwrap().stop().await.unwrap();
    let options = DatabaseOptions { owner_url: Some("postgres://x".to_owned().into()), ..options };
    assert!(open(&options).await.err().unwrap().to_string().contains("DATABASE_URL is not"));
}

#[tokio::test]
async fn it_is_durable_and_listens_on_no_network() {
    let place = Place::new();
    let server = place.start().await;

    let safe = "select (current_setting('fsync') = 'on' and current_setting('listen_addresses') = '' \
                and current_setting('data_checksums') = 'on')::int::bigint";
    assert_eq!(number(&server.app(), safe).await, 1);
    let mode = |path: PathBuf| {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode(place.data.join("pg/run")), 0o700);
    assert_eq!(mode(place.cluster()), 0o700);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn the_server_cannot_change_the_schema() {
    let place = Place::new();
    let server = place.start().await;

    let refusal = run(&server.app(), "create table mine (n int)").await.unwrap_err();
    assert!(refusal.to_string().contains("permission denied"), "{refusal}");
    let refusal = run(&server.app(), "set role candor_owner").await.unwrap_err();
    assert!(refusal.to_string().contains("permission denied"), "{refusal}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn after_kill_9_of_the_server_the_next_start_follows_at_once() {
    let place = Place::new();
    let server = place.server();
    let postmaster = server.postmaster;

    server.kill();
    let began = Instant::now();
    let next = place.start().await;

    println!("ready {:?} after kill -9 of the server", began.elapsed());
    assert_ne!(next.process(), Some(postmaster), "the old one was told to stop by the kernel");
    assert!(!lives(postmaster));
    remember(&next).await;
    next.stop().await.unwrap();
}

#[tokio::test]
async fn after_kill_9_of_both_the_next_start_recovers() {
    let place = Place::new();
    let first = place.start().await;
    remember(&first).await;
    first.stop().await.unwrap();
    let server: Server = place.server();
    let options = {
        // The socket's place is the same for every start.
        use sqlx::postgres::PgConnectOptions;
        PgConnectOptions::new_without_pgpass()
            .socket(place.data.join("pg/run"))
            .port(5432)
            .username("candor_owner")
            .database("candor")
    };
    run(&options, "insert into kept values (2)").await.unwrap();

    server.kill_both();
    assert!(place.cluster().join("postmaster.pid").exists(), "nobody was left to remove it");
    let began = Instant::now();
    let next = place.start().await;

    println!("recovered {:?} after kill -9 of both", began.elapsed());
    assert_eq!(number(&next.owner(), "select sum(n)::bigint from kept").await, 3);
    next.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_that_names_a_stranger_is_no_obstacle() {
    let place = Place::new();
    place.start().await.stop().await.unwrap();
    // Alive, and of PostgreSQL's own user: only then does PostgreSQL itself refuse to start.
    let owner = fs::metadata(place.cluster()).unwrap();
    let mut stranger = {
        use std::os::unix::{fs::MetadataExt, process::CommandExt};
        let mut command = Command::new("sleep");
        command.arg("30").current_dir("/").stdout(Stdio::null());
        if crate::place::is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        command.spawn().unwrap()
    };
    let file = format!(
        "{}\n{}\n1\n5432\n{}\n",
        stranger.id(),
        place.cluster().display(),
        place.data.display()
    );
    fs::write(place.cluster().join("postmaster.pid"), file).unwrap();

    let server = place.start().await;

    assert_eq!(number(&server.app(), "select 1::bigint").await, 1);
    server.stop().await.unwrap();
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn one_left_running_is_taken_over_and_stopped_at_the_end() {
    let place = Place::new();
    place.start().await.stop().await.unwrap();
    let postmaster = left_running(&place).await;

    let began = Instant::now();
    let server = place.start().await;
    println!("taken over in {:?}", began.elapsed());
    assert_eq!(server.process(), Some(postmaster));
    remember(&server).await;

    server.stop().await.unwrap();
    assert!(!lives(postmaster));
}

/// A PostgreSQL that nobody tells to stop, as on systems where the kernel cannot.
async fn left_running(place: &Place) -> u32 {
    use std::os::unix::{fs::MetadataExt, process::CommandExt};
    let bin = fs::read_dir("/usr/lib/postgresql")
        .unwrap()
        .flatten()
        .map(|it| it.path().join("bin/postgres"))
        .max();
    let owner = fs::metadata(place.cluster()).unwrap();
    let mut command = Command::new(bin.unwrap());
    command.arg("-D").arg(place.cluster()).arg("-k").arg(place.data.join("pg/run"));
    command.args(["-c", "listen_addresses=", "-c", "port=5432"]).current_dir("/").process_group(0);
    if crate::place::is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pid = child.id();
    // Collected, or it would stay as a zombie of this test.
    std::thread::spawn(move || child.wait());
    for _ in 0..100 {
        if place.data.join("pg/run/.s.PGSQL.5432").exists() {
            return pid;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not start");
}

#[tokio::test]
async fn a_long_path_moves_the_socket_to_a_short_one() {
    let place = Place::new();
    let deep = place.data.join("x".repeat(110 - place.data.as_os_str().len()));
    fs::create_dir(&deep).unwrap();
    let inner = Place::under(&deep);

    let server = inner.start().await;

    assert_eq!(number(&server.app(), "select 1::bigint").await, 1);
    let socket = server.socket_dir().to_path_buf();
    assert!(socket.as_os_str().len() < 90, "{}", socket.display());
    server.stop().await.unwrap();
    fs::remove_dir_all(socket).unwrap();
}

#[tokio::test]
async fn one_that_dies_is_started_again() {
    let place = Place::new();
    let server = place.start().await;
    let postmaster = server.process().unwrap();

    signal(postmaster, "KILL");
    let began = Instant::now();
    while run(&server.app(), "select 1").await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(20), "it does not come back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    println!("back {:?} after kill -9 of PostgreSQL", began.elapsed());
    assert_ne!(server.process(), Some(postmaster));
    server.stop().await.unwrap();
}
