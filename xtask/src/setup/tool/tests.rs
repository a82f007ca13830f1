//! Prebuilt binaries from a server of this machine, and what happens where there is none that works.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    process::Command,
    slice,
    sync::{Arc, Mutex},
    thread,
};

use anyhow::bail;

use super::*;
use crate::fingerprint;

const VERSION: &str = "1.2.3";
const BINARIES: [&str; 2] = ["demo", "demo-runner"];
/// A proxy would not reach this machine.
const DIRECT: &[&str] = &["--noproxy", "*"];

/// A directory of its own, deleted at the end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let directory = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    fn entries(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(name)).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Serves files over HTTP until the tests end.
#[derive(Clone)]
struct Server {
    url: String,
    /// What was asked for so far.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Promises `missing` bytes more than each file has.
    fn start(files: BTreeMap<&'static str, Vec<u8>>, missing: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
        };
        let requests = server.requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let lines = stream.by_ref().lines().map_while(Result::ok);
                let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
                let path = head[0].split(' ').nth(1).unwrap().to_owned();
                let (status, body) = match files.get(path.as_str()) {
                    Some(body) => ("200 OK", body.as_slice()),
                    None => ("404 Not Found", &b""[..]),
                };
                requests.lock().unwrap().push(path);
                let length = body.len() + missing;
                let head =
                    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
                let mut stream = stream.into_inner();
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(body).unwrap();
            }
        });
        server
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// What a binary is: a script that says its version, or where it came from.
fn script(version: &str, origin: &str) -> String {
    format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"demo {version} (0123abc)\"; else echo {origin}; fi\n"
    )
}

/// Makes binaries. Another process writes them where they are run: this one forks in other threads meanwhile, and a file
/// that is open for writing anywhere can't be run.
fn make(binaries: &[&str], version: &str, origin: &str, directory: &Path) {
    fs::create_dir_all(directory).unwrap();
    for name in binaries {
        let source = directory.join(format!("{name}.source"));
        fs::write(&source, script(version, origin)).unwrap();
        let mut install = Command::new("install");
        process::run(install.arg(&source).arg(directory.join(name))).unwrap();
        fs::remove_file(source).unwrap();
    }
}

/// A compressed archive with binaries in a directory of their own, as projects publish it.
fn archive(binaries: &[&str], version: &str, home: &Path) -> Vec<u8> {
    make(binaries, version, "downloaded", &home.join("source/demo-linux"));
    let file = home.join("demo.tar.gz");
    let mut tar = Command::new("tar");
    process::run(
        tar.arg("-czf")
            .arg(&file)
            .arg("-C")
            .arg(home.join("source"))
            .arg("demo-linux"),
    )
    .unwrap();
    fs::read(file).unwrap()
}

fn checksum(content: &[u8], home: &Path) -> Vec<u8> {
    let file = home.join("content");
    fs::write(&file, content).unwrap();
    fingerprint::hash_of(&file).unwrap().into_bytes()
}

fn tool(url: &str) -> Tool {
    Tool {
        package: "demo-cli",
        version: VERSION.to_owned(),
        binaries: &BINARIES,
        archive: Some(Archive {
            url: format!("{url}/demo.tar.gz"),
            checksum: ".sha256",
        }),
        compile: &[],
        patience: "no time",
    }
}

fn compiles(home: &Path) -> Result<()> {
    make(&BINARIES, VERSION, "compiled", &home.join("bin"));
    Ok(())
}

/// How a tool is installed, where its project publishes these files. Nothing of a download stays behind.
fn installed(name: &str, files: &[(&'static str, Vec<u8>)], missing: usize) -> String {
    let server = Server::start(files.iter().cloned().collect(), missing);
    let directory = Directory::new(name);
    let home = directory.0.join("home");
    let bin = tool(&server.url)
        .ensure_in(&home, &Releases::new(DIRECT), compiles)
        .unwrap();
    assert_eq!(bin, home.join("bin"));
    assert_eq!(directory.entries("home"), ["bin", "lock"], "{name}");
    assert_eq!(directory.entries("home/bin"), BINARIES, "{name}");
    process::output(&mut Command::new(bin.join("demo-runner")))
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn a_prebuilt_binary_is_taken_and_asked_for_once() {
    let directory = Directory::new("prebuilt");
    let home = directory.0.join("home");
    let archive = archive(&BINARIES, VERSION, &directory.0);
    // As `sha256sum` writes it, or in capitals and alone, as others do.
    for (turn, checksum) in [
        [
            checksum(&archive, &directory.0),
            b"  release/demo.tar.gz\n".to_vec(),
        ]
        .concat(),
        checksum(&archive, &directory.0).to_ascii_uppercase(),
    ]
    .into_iter()
    .enumerate()
    {
        let files = [
            ("/demo.tar.gz", archive.clone()),
            ("/demo.tar.gz.sha256", checksum),
        ];
        let server = Server::start(files.into(), 0);
        let tool = tool(&server.url);
        let home = home.join(turn.to_string());
        for _ in 0..2 {
            let bin = tool
                .ensure_in(&home, &Releases::new(DIRECT), |_| {
                    bail!("nothing has to be compiled")
                })
                .unwrap();
            let origin = process::output(&mut Command::new(bin.join("demo"))).unwrap();
            assert_eq!(origin.trim(), "downloaded");
        }
        assert_eq!(server.requests(), ["/demo.tar.gz.sha256", "/demo.tar.gz"]);
        assert_eq!(directory.entries(&format!("home/{turn}")), ["bin", "lock"]);
    }
}

#[test]
fn what_can_not_be_used_is_compiled() {
    let directory = Directory::new("archives");
    let of = |binaries: &[&str], version: &str, name: &str| {
        let content = archive(binaries, version, &directory.0.join(name));
        let checksum = checksum(&content, &directory.0);
        [("/demo.tar.gz", content), ("/demo.tar.gz.sha256", checksum)]
    };
    let good @ [archive, sum] = &of(&BINARIES, VERSION, "good");
    let [_, other_sum] = of(&BINARIES, "1.2.4", "other");
    let garbage = b"no archive".to_vec();
    let garbage_sum = ("/demo.tar.gz.sha256", checksum(&garbage, &directory.0));
    let page = ("/demo.tar.gz.sha256", b"<!doctype html>".to_vec());
    for (name, files, missing) in [
        ("nothing", &[][..], 0),
        ("no-checksum", slice::from_ref(archive), 0),
        ("no-archive", slice::from_ref(sum), 0),
        ("wrong-checksum", &[archive.clone(), other_sum], 0),
        ("page-as-checksum", &[archive.clone(), page], 0),
        ("broken-archive", &[("/demo.tar.gz", garbage), garbage_sum], 0),
        ("cut-off", good, 1),
        ("other-version", &of(&BINARIES, "1.2.30", "wrong"), 0),
        ("binary-missing", &of(&["demo"], VERSION, "missing"), 0),
    ] {
        assert_eq!(installed(name, files, missing), "compiled", "{name}");
    }
}

#[test]
fn where_nothing_can_be_reached_only_the_first_tool_tries() {
    let directory = Directory::new("unreachable");
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let reachable = Server::start(BTreeMap::new(), 0);
    let releases = Releases::new(DIRECT);
    for (url, name) in [(&nobody, "first"), (&reachable.url, "second")] {
        let home = directory.0.join(name);
        tool(url).ensure_in(&home, &releases, compiles).unwrap();
    }
    assert!(!releases.may_be_reached());
    assert!(reachable.requests().is_empty());
}

#[test]
fn a_tool_that_does_not_work_in_the_end_is_an_error() {
    let directory = Directory::new("hopeless");
    let unreachable = Releases::new(DIRECT);
    let tool = tool("http://127.0.0.1:1");
    let failed = tool.ensure_in(&directory.0, &unreachable, |_| bail!("no compiler"));
    assert!(failed.unwrap_err().to_string().contains("no compiler"));
    let wrong = tool.ensure_in(&directory.0, &unreachable, |home| {
        make(&BINARIES, "1.2.4", "compiled", &home.join("bin"));
        Ok(())
    });
    assert!(wrong.unwrap_err().to_string().contains("does not run"));
}
