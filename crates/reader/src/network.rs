//! The encoder and its heads, in single precision. No state: the same input gives the same bits, on any number of
//! threads.

use std::num::NonZero;
use std::ops::Range;
use std::sync::OnceLock;
use std::thread;

use pulp::Arch;

use crate::math;
use crate::matrix::{Matrix, Packed};
use crate::weights::Weights;

const WIDTH: usize = 384;
const HEADS: usize = 12;
const PAIR_HEADS: usize = 4;

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
    of_sentence: Linear,
    of_goal: Linear,
    of_pair: Linear,
    /// Sentences see each other, once for each goal: an answer takes its question's place.
    among: Layer,
    decide: Linear,
}

#[derive(Debug)]
struct Layer {
    heads: usize,
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

#[derive(Debug)]
struct Linear {
    weight: Packed,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
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
            of_sentence: linear("of_sentence"),
            of_goal: linear("of_goal"),
            of_pair: linear("of_pair"),
            among: layer("among", PAIR_HEADS),
            decide: linear("decide"),
        }
    }

    /// Reads at most [`LONGEST`] pieces; what is behind them is not read.
    pub fn encode(&self, input: &Input) -> Encoded {
        let mut x = self.embed(input);
        for layer in &self.layers {
            layer.apply(&mut x);
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

    /// [`Network::encode`] of each, in order, on as many threads as the machine has and there is work for.
    pub fn encode_all(&self, inputs: &[Input]) -> Vec<Encoded> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let share = inputs.len().div_ceil(threads).max(1);
        let read = |inputs: &[Input]| -> Vec<Encoded> {
            inputs.iter().map(|input| self.encode(input)).collect()
        };
        let Some((own, others)) = inputs.split_at_checked(share) else {
            return read(inputs);
        };
        thread::scope(|scope| {
            let others = others
                .chunks(share)
                .map(|inputs| scope.spawn(move || read(inputs)));
            let others: Vec<_> = others.collect();
            let mut encoded = read(own);
            for thread in others {
                match thread.join() {
                    Ok(more) => encoded.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            encoded
        })
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

    /// What each sentence says of each goal, `[goal][sentence]`. Both are ranges of pieces, not empty; `features`
    /// are those of the pair (goal, sentence), as `training/data.py` counts them.
    pub fn says(
        &self,
        encoded: &Encoded,
        sentences: &[Range<usize>],
        goals: &[Range<usize>],
        features: &[Vec<Vec<f32>>],
    ) -> Vec<Vec<Says>> {
        let pooled = |ranges: &[Range<usize>]| {
            let mut all = Matrix::new(ranges.len(), 2 * WIDTH);
            for (at, range) in ranges.iter().enumerate() {
                pool(&encoded.hidden, range, all.row_mut(at));
            }
            all
        };
        let sentences = self.of_sentence.of(&pooled(sentences));
        let goals = self.of_goal.of(&pooled(goals));
        (features.iter().enumerate())
            .map(|(goal, features)| self.says_of(goals.row(goal), &sentences, features))
            .collect()
    }

    fn says_of(&self, goal: &[f32], sentences: &Matrix, features: &[Vec<f32>]) -> Vec<Says> {
        let width = self.among.norm1.bias.len();
        let scale = 1.0 / (width as f32).sqrt();
        let features = Matrix {
            columns: features.first().map_or(1, Vec::len),
            data: features.concat(),
        };
        let mut hidden = self.of_pair.of(&features);
        for at in 0..hidden.rows() {
            let sentence = sentences.row(at);
            for (k, x) in hidden.row_mut(at).iter_mut().enumerate() {
                *x += sentence[k] + goal[k] + sentence[width + k] * goal[width + k] * scale;
            }
        }
        math::gelu_all(&mut hidden.data);
        self.among.apply(&mut hidden);
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

/// Mean and maximum of some rows, one behind the other.
fn pool(rows: &Matrix, range: &Range<usize>, out: &mut [f32]) {
    let end = range.end.min(rows.rows());
    let range = range.start.min(end)..end;
    let count = range.len() as f32;
    let (mean, most) = out.split_at_mut(out.len() / 2);
    most.fill(f32::NEG_INFINITY);
    for at in range {
        for ((mean, most), x) in mean.iter_mut().zip(most.iter_mut()).zip(rows.row(at)) {
            *mean += x / count;
            *most = most.max(*x);
        }
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

impl Layer {
    fn apply(&self, x: &mut Matrix) {
        let attended = self.attend(x);
        x.add(&self.out.of(&attended));
        self.norm1.apply(x);
        let mut inner = self.up.of(x);
        math::gelu_all(&mut inner.data);
        x.add(&self.down.of(&inner));
        self.norm2.apply(x);
    }

    fn attend(&self, x: &Matrix) -> Matrix {
        let (length, width) = (x.rows(), x.columns);
        let size = width / self.heads;
        let scale = 1.0 / (size as f32).sqrt();
        let qkv = self.qkv.of(x);
        let mut out = Matrix::new(length, width);
        for head in 0..self.heads {
            let part = |of: usize| {
                let start = of * width + head * size;
                qkv.part(&(start..start + size))
            };
            let (query, key, value) = (part(0), part(1), part(2));
            let key = Packed::new(length, size, |other, k| key.row(other)[k] * scale);
            let mut scores = key.apply(&query, None);
            for at in 0..length {
                math::softmax(scores.row_mut(at));
            }
            let value = Packed::new(size, length, |k, other| value.row(other)[k]);
            let attended = value.apply(&scores, None);
            for at in 0..length {
                out.row_mut(at)[head * size..(head + 1) * size].copy_from_slice(attended.row(at));
            }
        }
        out
    }
}

impl Linear {
    fn of(&self, x: &Matrix) -> Matrix {
        self.weight.apply(x, Some(&self.bias))
    }
}

impl Norm {
    fn apply(&self, x: &mut Matrix) {
        Arch::new().dispatch(|| {
            for row in x.data.chunks_exact_mut(self.bias.len()) {
                let width = row.len() as f32;
                let mean = row.iter().sum::<f32>() / width;
                let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / width;
                let scale = 1.0 / (variance + 1e-12).sqrt();
                for ((x, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                    *x = (*x - mean) * scale * weight + bias;
                }
            }
        });
    }
}
