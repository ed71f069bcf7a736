//! A Chromium that shows pages and says what it saw, over two pipes.

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::process::{Child, Command, Stdio};

use command_fds::{CommandFdExt, FdMapping};
use serde_json::{Value, json};

/// A browser with one page; it ends when it is dropped.
pub struct Chromium {
    child: Child,
    out: PipeWriter,
    come: BufReader<PipeReader>,
    page: String,
    calls: u64,
    /// What went wrong in the page.
    complaints: Vec<String>,
    loaded: bool,
    _folder: tempfile::TempDir,
}

/// How wide a page is shown, and in which colours.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub scheme: &'static str,
}

impl Chromium {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (their_in, out) = std::io::pipe().unwrap();
        let (come, their_out) = std::io::pipe().unwrap();
        let mut command = Command::new("/usr/bin/chromium");
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--remote-debugging-pipe",
        ]);
        command
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .fd_mappings(vec![
                FdMapping {
                    parent_fd: their_in.into(),
                    child_fd: 3,
                },
                FdMapping {
                    parent_fd: their_out.into(),
                    child_fd: 4,
                },
            ])
            .unwrap();
        let child = command.spawn().unwrap();
        // The command holds the other ends, which would keep the pipes open.
        drop(command);
        let mut browser = Self {
            child,
            out,
            come: BufReader::new(come),
            page: String::new(),
            calls: 0,
            complaints: Vec::new(),
            loaded: false,
            _folder: folder,
        };
        let made = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": made["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", target);
        browser.page = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            browser.call(domain, json!({}));
        }
        browser
    }

    /// Shows a page and gives what was complained about until it had loaded.
    pub fn show(&mut self, url: &str, screen: Screen) -> Vec<String> {
        let size =
            json!({"width": screen.width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", size);
        let scheme =
            json!({"features": [{"name": "prefers-color-scheme", "value": screen.scheme}]});
        self.call("Emulation.setEmulatedMedia", scheme);
        self.complaints.clear();
        self.loaded = false;
        self.call("Page.navigate", json!({"url": url}));
        while !self.loaded {
            self.hear();
        }
        std::mem::take(&mut self.complaints)
    }

    /// The value of an expression in the page.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let wanted = json!({"expression": expression, "returnByValue": true});
        let answer = self.call("Runtime.evaluate", wanted);
        assert!(answer["exceptionDetails"].is_null(), "{answer:#}");
        answer["result"]["value"].clone()
    }

    /// Presses the tabulator.
    pub fn tab(&mut self) {
        for kind in ["rawKeyDown", "keyUp"] {
            let key =
                json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9});
            self.call("Input.dispatchKeyEvent", key);
        }
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method, "params": params});
        if !self.page.is_empty() {
            message["sessionId"] = self.page.clone().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.out.write_all(&bytes).unwrap();
        loop {
            let message = self.hear();
            if message["id"] == self.calls {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    /// The next thing the browser says.
    fn hear(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.come.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser has ended");
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        match message["method"].as_str() {
            Some("Page.loadEventFired") => self.loaded = true,
            Some(
                "Log.entryAdded"
                | "Runtime.consoleAPICalled"
                | "Runtime.exceptionThrown"
                | "Page.javascriptDialogOpening",
            ) => self.complaints.push(message["params"].to_string()),
            _ => {}
        }
        message
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
