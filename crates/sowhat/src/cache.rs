//! What was printed of a note that has not changed since: by the note's bytes, all that its judgement and its print
//! hang on, and the program itself. Losing it costs time only, so nothing that goes wrong here is an error.

use std::env;
use std::fs::{self, DirBuilder, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ide::{Code, Severity};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::tally::Tally;

/// Where the cache is, in place of the platform's own.
const FOLDER_VARIABLE: &str = "SOWHAT_CACHE_DIR";

/// So long is an answer kept.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Old answers are looked for once in so long.
const SWEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Digits of an answer's name, and how many of them name its folder.
const NAME: usize = 32;
const SHARD: usize = 2;

/// The answers of earlier runs, and where this run's are put.
pub(crate) struct Cache {
    folder: PathBuf,
    /// Everything that the run's answers have in common.
    common: Xxh3,
}

/// Names an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(u128);

/// An answer: how a note is printed, and what it counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// What is printed of it.
    pub(crate) printed: String,
    /// What it counts.
    pub(crate) tally: Tally,
}

/// An answer as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    printed: String,
    counts: [usize; 6],
    by_code: Vec<(String, String, usize)>,
}

impl Cache {
    /// The cache of this machine for a run whose answers have `common` in common; `None` where there can be none.
    pub(crate) fn open(common: &str) -> Option<Cache> {
        let folder = folder()?;
        let mut hasher = Xxh3::new();
        read_program(&mut hasher)?;
        hasher.update(common.as_bytes());
        let cache = Cache {
            folder,
            common: hasher,
        };
        create(&cache.folder)?;
        cache.sweep();
        Some(cache)
    }

    /// The key of an answer that hangs on `parts`.
    pub(crate) fn key(&self, parts: &[&[u8]]) -> Key {
        let mut hasher = self.common.clone();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Key(hasher.digest128())
    }

    /// The answer of an earlier run.
    pub(crate) fn get(&self, key: Key) -> Option<Answer> {
        let bytes = fs::read(self.path(key)).ok()?;
        serde_json::from_slice::<Stored>(&bytes).ok()?.answer()
    }

    /// Keeps an answer for later runs. Written whole or not at all, whoever else writes.
    pub(crate) fn put(&self, key: Key, answer: &Answer) {
        let path = self.path(key);
        let write = || -> Option<()> {
            let bytes = serde_json::to_vec(&Stored::from(answer)).ok()?;
            let folder = path.parent()?;
            create(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
            file.write_all(&bytes).ok()?;
            file.persist(&path).ok().map(drop)
        };
        // A full disk must not stop the check.
        let _ = write();
    }

    fn path(&self, Key(key): Key) -> PathBuf {
        let name = format!("{key:0NAME$x}");
        self.folder.join(&name[..SHARD]).join(&name[SHARD..])
    }

    /// Takes away what is old.
    fn sweep(&self) {
        let stamp = self.folder.join("swept");
        if !is_older(&stamp, SWEPT) {
            return;
        }
        let _ = File::create(&stamp);
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        // Whatever else is in the folder that was named is not ours.
        let named = |path: &Path, length: usize| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| {
                name.len() == length && name.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        };
        let shards = entries(&self.folder).map(|shard| shard.path());
        let shards = shards.filter(|shard| named(shard, SHARD));
        for path in shards
            .flat_map(|shard| entries(&shard))
            .map(|answer| answer.path())
        {
            if named(&path, NAME - SHARD) && is_older(&path, KEPT) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

impl From<&Answer> for Stored {
    fn from(Answer { printed, tally }: &Answer) -> Stored {
        let by_code = (tally.by_code.iter()).map(|((code, severity), count)| {
            ((*code).to_owned(), severity.id().to_owned(), *count)
        });
        Stored {
            printed: printed.clone(),
            counts: [
                tally.notes,
                tally.notes_with_goals,
                tally.goals,
                tally.qualified,
                tally.findings,
                tally.open,
            ],
            by_code: by_code.collect(),
        }
    }
}

impl Stored {
    /// `None` where it names what this program does not know.
    fn answer(self) -> Option<Answer> {
        let [notes, notes_with_goals, goals, qualified, findings, open] = self.counts;
        let by_code = self.by_code.into_iter().map(|(code, severity, count)| {
            let code = Code::find(&code)?.as_str();
            Some(((code, Severity::from_id(&severity)?), count))
        });
        Some(Answer {
            printed: self.printed,
            tally: Tally {
                notes,
                notes_with_goals,
                goals,
                qualified,
                findings,
                open,
                by_code: by_code.collect::<Option<_>>()?,
            },
        })
    }
}

/// The folder of this machine for what can be lost, by the platform's conventions.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let own = directories::ProjectDirs::from("", "", "sowhat")?;
        Some(own.cache_dir().to_owned())
    })
}

/// Takes in this very program, all of it: another build judges otherwise, whatever it is called and whenever it was made.
fn read_program(hasher: &mut Xxh3) -> Option<()> {
    let mut program = File::open(env::current_exe().ok()?).ok()?;
    let mut part = vec![0; 1 << 18];
    loop {
        match program.read(&mut part).ok()? {
            0 => return Some(()),
            read => hasher.update(&part[..read]),
        }
    }
}

/// What is said of the notes is nobody else's business.
fn create(folder: &Path) -> Option<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).ok()
}

/// Whether a file is older than that, or is not there.
fn is_older(path: &Path, age: Duration) -> bool {
    let modified = fs::metadata(path).and_then(|file| file.modified());
    let now = SystemTime::now();
    modified.map_or(true, |at| now.duration_since(at).is_ok_and(|old| old > age))
}
