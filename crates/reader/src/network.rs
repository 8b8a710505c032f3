//! The encoder and its heads, in single precision. No state: the same input gives the same bits, on any number of
//! threads.

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::layer::{Layer, Linear, Norm};
use crate::math;
use crate::matrix::{Matrix, Packed};
use crate::weights::Weights;

const WIDTH: usize = 384;
const HEADS: usize = 12;
const PAIR_HEADS: usize = 4;
const PAIR_LAYERS: usize = 2;

/// At most so many pieces are read at once.
pub const LONGEST: usize = 512;

/// How many facts stand around a piece: form, zone, side, quoted, task, labelled, depth, and whether a sentence (1)
/// or a line (2) begins.
pub const AROUND: usize = 8;

/// What the rules say of a piece, as bits.
pub const RULE_BITS: usize = 11;

/// A part of a note, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Input {
    /// Lines of the vocabulary.
    pub pieces: Vec<u32>,
    /// What stands around each.
    pub around: Vec<[u8; AROUND]>,
    /// What the rules say of each.
    pub rules: Vec<u16>,
}

/// What the reader makes of an [`Input`].
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// For each piece: outside a goal, first of one, inside one. Sums to 1.
    pub goal: Vec<[f32; 3]>,
    hidden: Matrix,
}

impl Encoded {
    /// What was made of a piece.
    pub fn row(&self, piece: usize) -> &[f32] {
        self.hidden.row(piece)
    }
}

/// Sentences or goals as they are paired with each other, a row for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows(Matrix);

impl Rows {
    /// The row of one, by its place.
    pub fn row(&self, at: usize) -> &[f32] {
        self.0.row(at)
    }
}

/// Of one goal and one sentence, for each qualifier: says nothing, asks, answers vaguely, answers. Each sums to 1.
pub type Says = [[f32; 4]; 3];

/// The network.
#[derive(Debug)]
pub struct Network {
    words: Matrix,
    positions: Matrix,
    around: Vec<Matrix>,
    rules: Matrix,
    norm: Norm,
    layers: Vec<Layer>,
    goal: Linear,
    /// What a piece is evidence of: helps a sentence to say so.
    evidence: Linear,
    of_sentence: Linear,
    of_goal: Linear,
    of_pair: Linear,
    /// Sentences see each other, once for each goal: an answer takes its question's place.
    among: Vec<Layer>,
    decide: Linear,
}

impl Network {
    /// The network with the weights in this program.
    ///
    /// # Panics
    /// Where there are none ([`crate::BUILT_IN`]).
    pub fn get() -> &'static Network {
        static NETWORK: OnceLock<Network> = OnceLock::new();
        NETWORK.get_or_init(|| Network::new(&Weights::own()))
    }

    fn new(weights: &Weights<'_>) -> Network {
        let norm = |name: &str| Norm {
            weight: weights.vector(&format!("{name}.weight")),
            bias: weights.vector(&format!("{name}.bias")),
        };
        let linear = |name: &str| Linear {
            weight: pack(&weights.matrix(&format!("{name}.weight"))),
            bias: weights.vector(&format!("{name}.bias")),
        };
        let layer = |name: &str, heads: usize| Layer {
            heads,
            qkv: linear(&format!("{name}.qkv")),
            out: linear(&format!("{name}.out")),
            norm1: norm(&format!("{name}.norm1")),
            up: linear(&format!("{name}.up")),
            down: linear(&format!("{name}.down")),
            norm2: norm(&format!("{name}.norm2")),
        };
        let facts = (0..AROUND).map(|at| format!("around.{at}.weight"));
        Network {
            words: weights.matrix("words.weight"),
            positions: weights.matrix("positions.weight"),
            around: facts.map(|name| weights.matrix(&name)).collect(),
            rules: transposed(&weights.matrix("rules.weight")),
            norm: norm("norm"),
            layers: (0..weights.layers())
                .map(|at| layer(&format!("layers.{at}"), HEADS))
                .collect(),
            goal: linear("goal"),
            evidence: linear("evidence"),
            of_sentence: linear("of_sentence"),
            of_goal: linear("of_goal"),
            of_pair: linear("of_pair"),
            among: (0..PAIR_LAYERS)
                .map(|at| layer(&format!("among.{at}"), PAIR_HEADS))
                .collect(),
            decide: linear("decide"),
        }
    }

    /// Reads at most [`LONGEST`] pieces; what is behind them is not read. On as many of the machine's threads as no other
    /// reading needs.
    pub fn encode(&self, input: &Input) -> Encoded {
        let share = Share::take();
        let mut x = self.embed(input);
        for layer in &self.layers {
            layer.apply(&mut x, share.threads());
        }
        let tags = self.goal.of(&x);
        let goal = (0..x.rows()).map(|at| {
            let mut shares = [0.0; 3];
            shares.copy_from_slice(tags.row(at));
            math::softmax(&mut shares);
            shares
        });
        Encoded {
            goal: goal.collect(),
            hidden: x,
        }
    }

    fn embed(&self, input: &Input) -> Matrix {
        let length = input.pieces.len().min(LONGEST);
        let mut x = Matrix::new(length, WIDTH);
        for at in 0..length {
            let around = self.around.iter().zip(&input.around[at]);
            let around = around.map(|(of, &fact)| of.row((fact as usize).min(of.rows() - 1)));
            let bits = (0..RULE_BITS).filter(|bit| input.rules[at] >> bit & 1 == 1);
            let parts = [
                self.words.row(input.pieces[at] as usize),
                self.positions.row(at),
            ];
            let row = x.row_mut(at);
            for part in (parts.into_iter().chain(around)).chain(bits.map(|bit| self.rules.row(bit)))
            {
                row.iter_mut().zip(part).for_each(|(x, y)| *x += y);
            }
        }
        self.norm.apply(&mut x);
        x
    }

    /// Sentences as they are paired with goals. Of each the rows of its pieces ([`Encoded::row`]); it has one.
    pub fn sentences(&self, pieces: &[Vec<&[f32]>]) -> Rows {
        let pooled = pooled(pieces);
        let both = pieces.iter().enumerate().map(|(at, pieces)| {
            let said = self.evidence.of(&Matrix::of_rows(pieces.iter()));
            let mut most = vec![f32::NEG_INFINITY; said.columns];
            (0..said.rows()).for_each(|at| keep_most(&mut most, said.row(at)));
            [pooled.row(at), &most].concat()
        });
        Rows(self.of_sentence.of(&Matrix::of_rows(both)))
    }

    /// Goals as they are paired with sentences. Of each the rows of its pieces; it has one.
    pub fn goals(&self, pieces: &[Vec<&[f32]>]) -> Rows {
        Rows(self.of_goal.of(&pooled(pieces)))
    }

    /// What each sentence says of a goal: rows of [`Network::goals`] and [`Network::sentences`]. `features`: of the goal
    /// and each sentence, as `training/data.py` counts them.
    pub fn says(&self, goal: &[f32], sentences: &[&[f32]], features: &[Vec<f32>]) -> Vec<Says> {
        let width = self.decide.weight.inputs();
        let scale = 1.0 / (width as f32).sqrt();
        let mut hidden = self.of_pair.of(&Matrix::of_rows(features.iter()));
        for (at, sentence) in sentences.iter().enumerate() {
            for (k, x) in hidden.row_mut(at).iter_mut().enumerate() {
                *x += sentence[k] + goal[k] + sentence[width + k] * goal[width + k] * scale;
            }
        }
        math::gelu_all(&mut hidden.data);
        for layer in &self.among {
            layer.apply(&mut hidden, 1);
        }
        let decided = self.decide.of(&hidden);
        let says = (0..decided.rows()).map(|at| {
            std::array::from_fn(|qualifier| {
                let mut says = [0.0; 4];
                says[1..].copy_from_slice(&decided.row(at)[qualifier * 3..qualifier * 3 + 3]);
                math::softmax(&mut says);
                says
            })
        });
        says.collect()
    }
}

/// A reading's share of the machine, given back when dropped.
struct Share;

/// How many readings go on.
static READINGS: AtomicUsize = AtomicUsize::new(0);

impl Share {
    fn take() -> Share {
        READINGS.fetch_add(1, Ordering::Relaxed);
        Share
    }

    fn threads(&self) -> usize {
        let all = thread::available_parallelism().map_or(1, NonZero::get);
        (all / READINGS.load(Ordering::Relaxed).max(1)).max(1)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        READINGS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Of each its mean and maximum, one behind the other.
fn pooled(all: &[Vec<&[f32]>]) -> Matrix {
    let mut pooled = Matrix::new(all.len(), 2 * WIDTH);
    for (at, pieces) in all.iter().enumerate() {
        let (mean, most) = pooled.row_mut(at).split_at_mut(WIDTH);
        most.fill(f32::NEG_INFINITY);
        for row in pieces {
            keep_most(most, row);
            for (mean, x) in mean.iter_mut().zip(*row) {
                *mean += x / pieces.len() as f32;
            }
        }
    }
    pooled
}

fn keep_most(most: &mut [f32], row: &[f32]) {
    for (most, x) in most.iter_mut().zip(row) {
        *most = most.max(*x);
    }
}

fn pack(weight: &Matrix) -> Packed {
    Packed::new(weight.rows(), weight.columns, |output, input| {
        weight.row(output)[input]
    })
}

fn transposed(matrix: &Matrix) -> Matrix {
    let rows = matrix.rows();
    let columns = 0..matrix.columns;
    Matrix {
        columns: rows,
        data: columns
            .flat_map(|column| (0..rows).map(move |row| matrix.row(row)[column]))
            .collect(),
    }
}
