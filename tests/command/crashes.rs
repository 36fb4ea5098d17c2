use crate::{browser::Browser, program::Place};
use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let place = Place::demonstration();
    let mut server = place.start("serve");
    let thread_url = place.ask(
        "select '/t/' || min(id) || '/replies' from threads where board_id = 3 and locked_at is null",
    );
    let acknowledged = Arc::new(Mutex::new(Vec::new()));

    let writers: Vec<_> = ["maya", "tomas"]
        .into_iter()
        .map(|name| {
            let (address, url) = (server.address, thread_url.clone());
            let acknowledged = Arc::clone(&acknowledged);
            let mut browser = Browser::new(address);
            assert_eq!(browser.sign_in(name, "larkfield-demo").status, 303);
            thread::spawn(move || {
                for number in 1.. {
                    let body = format!("kept-{name}-{number}-end");
                    let key = uuid::Uuid::now_v7();
                    match browser.post(&url, &format!("body={body}&form_key={key}")) {
                        Ok(answer) if answer.status == 303 => {
                            acknowledged.lock().unwrap().push(body)
                        }
                        Ok(answer) if answer.status == 503 => {}
                        Ok(answer) => panic!("{}", answer.text),
                        Err(_) => return,
                    }
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_secs(2));
    server.kill();
    for writer in writers {
        writer.join().unwrap();
    }
    drop(server);

    let server = place.start("serve");
    let there = place.ask("select string_agg(source, ' ') from posts where source like 'kept-%'");
    let acknowledged = acknowledged.lock().unwrap();
    assert!(acknowledged.len() > 5, "{} replies were acknowledged", acknowledged.len());
    for body in acknowledged.iter() {
        assert_eq!(there.matches(body.as_str()).count(), 1, "{body}");
    }
    assert!(!place.says(&["doctor"]).contains("wrong"));
    server.stop();
}
