//! `strategos serve` as its users run it: a process that can be killed.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

/// The admin password that journeys set, so that they can log in.
pub const PASSWORD: &str = "correct horse battery staple";

/// A running server. Dropping it kills it.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    pub url: String,
    output: Arc<Mutex<String>>,
}

impl ServerProcess {
    /// Starts the server over a data folder and returns once it accepts connections.
    pub fn start(data_folder: &Path) -> Self {
        Self::start_with(data_folder, &[])
    }

    /// As [`Self::start`], with further arguments.
    pub fn start_with(data_folder: &Path, arguments: &[&str]) -> Self {
        let port = free_port();
        let mut child = program()
            .args([
                "serve",
                "--log-format",
                "human",
                "--listen",
                &format!("127.0.0.1:{port}"),
            ])
            .arg("--data-folder")
            .arg(data_folder)
            .args(arguments)
            .env("ADMIN_PASSWORD", PASSWORD)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = Arc::new(Mutex::new(String::new()));
        let (listening, ready) = std::sync::mpsc::channel();
        let stdout = child.stdout.take().expect("stdout is piped");
        let stderr = child.stderr.take().expect("stderr is piped");
        drain(stdout, output.clone(), listening.clone());
        drain(stderr, output.clone(), listening);
        let url = format!("http://127.0.0.1:{port}");
        if ready.recv().is_err() {
            let status = child.wait().expect("the child is ours");
            let output = output.lock().expect("nobody panics with it").clone();
            panic!("the server ended with {status} before it listened:\n{output}");
        }
        Self { child, url, output }
    }

    /// `kill -9`: no destructor runs, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().expect("the child is ours");
        self.child.wait().expect("the child is ours");
    }

    /// Asks it to end, as an operator would, and waits until it has.
    pub fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill runs");
        assert!(asked.success());
        self.child.wait().expect("the child is ours")
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has printed so far.
    pub fn output(&self) -> String {
        self.output.lock().expect("nobody panics with it").clone()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // Already gone after kill() and stop(): both outcomes are fine
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The `strategos` program, built beside this test.
pub fn program() -> Command {
    Command::new(built("strategos"))
}

/// The auditor's program, built beside this test.
pub fn replay_program() -> Command {
    Command::new(built("strategos-replay"))
}

fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("tests live in target/*/deps");
    let path = folder.join(name);
    assert!(
        path.exists(),
        "build the programs first: cargo build --workspace --bins"
    );
    path
}

/// Passes each line on to `output`; says so once when the server listens. The sender is dropped
/// when the stream ends.
fn drain(
    stream: impl Read + Send + 'static,
    output: Arc<Mutex<String>>,
    listening: std::sync::mpsc::Sender<()>,
) {
    std::thread::spawn(move || {
        let mut listening = Some(listening);
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut output = output.lock().expect("nobody panics with it");
            output.push_str(&line);
            output.push('\n');
            if line.contains("listening")
                && let Some(listening) = listening.take()
            {
                // The other stream may have said it first
                let _ = listening.send(());
            }
        }
    });
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener
        .local_addr()
        .expect("a bound listener has an address")
        .port()
}
