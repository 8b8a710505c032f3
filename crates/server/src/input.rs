//! Messages from standard input, read at all times, and only whole ones handed on.
//!
//! tower-lsp stops for ever at the first message that is no JSON, stops reading while its queue is
//! full, and never ends when something follows `exit`. So this reads the frames itself, on a
//! thread of its own, and ends the input at `exit`.

use std::io::{self, BufRead, Read};

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

/// The method under which a message that is none is handed on, to be answered with an error.
pub(crate) const MALFORMED: &str = "$sowhat/malformed";

/// A message longer than this is refused: no note is.
const LONGEST: usize = 256 << 20;

/// `exit` is shorter than this: what is longer is not read once more to look for it.
const SHORT: usize = 1 << 10;

/// Reads messages and sends each, with its header, until the end or `exit`.
/// `is_message` says whether JSON is a message of the protocol.
pub(crate) fn read(
    mut input: impl BufRead,
    is_message: impl Fn(&[u8]) -> bool,
    output: &UnboundedSender<Vec<u8>>,
) -> io::Result<()> {
    while let Some(body) = frame(&mut input)? {
        let frame = if is_message(&body) {
            if body.len() < SHORT && method(&body).as_deref() == Some("exit") {
                break;
            }
            framed(&body)
        } else {
            let valid = serde_json::from_slice::<Value>(&body).is_ok();
            let message = serde_json::json!({"jsonrpc": "2.0", "id": null, "method": MALFORMED, "params": [valid]});
            framed(message.to_string().as_bytes())
        };
        if output.send(frame).is_err() {
            break;
        }
    }
    Ok(())
}

/// The body of the next message; `None` at the end.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(1 << 16).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        match text.trim_end_matches(['\r', '\n']).split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<usize>().ok();
            }
            Some(_) => {}
            // A blank line ends the header; anything else is garbage between messages.
            None => {
                if let Some(length) = length {
                    return body(input, length).map(Some);
                }
            }
        }
    }
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Vec<u8>> {
    if length > LONGEST {
        io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(Vec::new());
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(body)
}

fn framed(body: &[u8]) -> Vec<u8> {
    [
        format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(),
        body,
    ]
    .concat()
}

fn method(body: &[u8]) -> Option<String> {
    let message: Value = serde_json::from_slice(body).ok()?;
    Some(message.get("method")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc;

    fn check(input: &[u8], expected: &[&str]) {
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let whole = |body: &[u8]| {
            serde_json::from_slice::<Value>(body).is_ok_and(|value| value.is_object())
        };
        let _ = read(input, whole, &sender);
        drop(sender);
        let mut messages = Vec::new();
        while let Some(frame) = receiver.blocking_recv() {
            let text = String::from_utf8(frame).unwrap();
            messages.push(text.split_once("\r\n\r\n").unwrap().1.to_owned());
        }
        assert_eq!(messages, expected);
    }

    #[test]
    fn messages_are_read_one_by_one_until_the_end() {
        check(
            b"Content-Length: 2\r\n\r\n{}content-length:7\r\nContent-Type: x\r\n\r\n{\"a\":1}",
            &["{}", "{\"a\":1}"],
        );
        check(b"Content-Length: 20\r\n\r\n{}", &[]);
    }

    #[test]
    fn what_is_no_message_is_told_and_the_next_is_read() {
        let malformed = |valid: bool| {
            format!(r#"{{"id":null,"jsonrpc":"2.0","method":"{MALFORMED}","params":[{valid}]}}"#)
        };
        check(
            b"noise\r\nContent-Length: 3\r\n\r\n{\"\xFFContent-Length: 2\r\n\r\n[]Content-Length: 2\r\n\r\n{}",
            &[&malformed(false), &malformed(true), "{}"],
        );
    }

    #[test]
    fn nothing_is_read_behind_exit() {
        check(
            b"Content-Length: 17\r\n\r\n{\"method\":\"exit\"}Content-Length: 2\r\n\r\n{}",
            &[],
        );
    }
}
