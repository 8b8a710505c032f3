//! The parts that the network is made of.

use std::thread;

use pulp::Arch;

use crate::math;
use crate::matrix::{Matrix, Packed};

/// So many rows are worth a thread.
const SHARE: usize = 24;

/// A layer of a transformer: every row takes in what the others say, then thinks for itself.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) heads: usize,
    pub(crate) qkv: Linear,
    pub(crate) out: Linear,
    pub(crate) norm1: Norm,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) norm2: Norm,
}

#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) weight: Packed,
    pub(crate) bias: Vec<f32>,
}

#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// What one head attends to, for all rows.
struct Head {
    key: Packed,
    value: Packed,
}

impl Layer {
    /// On at most so many threads; the same bits on any number.
    pub(crate) fn apply(&self, x: &mut Matrix, threads: usize) {
        let mut qkv = Matrix::new(x.rows(), 3 * x.columns);
        by_rows(threads, &mut qkv, x, |qkv, x| *qkv = self.qkv.of(x));
        let heads: Vec<Head> = (0..self.heads).map(|at| self.head(&qkv, at)).collect();
        by_rows(threads, x, &qkv, |x, qkv| {
            x.add(&self.out.of(&self.attend(qkv, &heads)));
            self.norm1.apply(x);
            let mut inner = self.up.of(x);
            math::gelu_all(&mut inner.data);
            x.add(&self.down.of(&inner));
            self.norm2.apply(x);
        });
    }

    fn head(&self, qkv: &Matrix, head: usize) -> Head {
        let width = qkv.columns / 3;
        let size = width / self.heads;
        let scale = 1.0 / (size as f32).sqrt();
        let [key, value] = [1, 2].map(|of| of * width + head * size);
        let rows = qkv.rows();
        Head {
            key: Packed::new(rows, size, |row, k| qkv.row(row)[key + k] * scale),
            value: Packed::new(size, rows, |k, row| qkv.row(row)[value + k]),
        }
    }

    /// What some rows take in from all.
    fn attend(&self, qkv: &Matrix, heads: &[Head]) -> Matrix {
        let width = qkv.columns / 3;
        let size = width / self.heads;
        let mut out = Matrix::new(qkv.rows(), width);
        for (at, head) in heads.iter().enumerate() {
            let own = at * size..(at + 1) * size;
            let mut scores = head.key.apply(&qkv.part(&own), None);
            for at in 0..scores.rows() {
                math::softmax(scores.row_mut(at));
            }
            let attended = head.value.apply(&scores, None);
            for at in 0..attended.rows() {
                out.row_mut(at)[own.clone()].copy_from_slice(attended.row(at));
            }
        }
        out
    }
}

/// Does `work` with the rows of `to` and the same rows of `from`, a part on each of at most so many threads.
fn by_rows(
    threads: usize,
    to: &mut Matrix,
    from: &Matrix,
    work: impl Fn(&mut Matrix, &Matrix) + Sync,
) {
    let threads = threads.min(to.rows() / SHARE);
    if threads < 2 {
        return work(to, from);
    }
    let share = to.rows().div_ceil(threads);
    let (to_columns, from_columns) = (to.columns, from.columns);
    let parts = to.data.chunks_mut(share * to_columns);
    let mut parts = parts.zip(from.data.chunks(share * from_columns));
    let do_part = |(to, from): (&mut [f32], &[f32])| {
        let mut part = Matrix {
            columns: to_columns,
            data: to.to_vec(),
        };
        let from = Matrix {
            columns: from_columns,
            data: from.to_vec(),
        };
        work(&mut part, &from);
        to.copy_from_slice(&part.data);
    };
    let do_part = &do_part;
    let own = parts.next();
    thread::scope(|scope| {
        parts.for_each(|part| drop(scope.spawn(move || do_part(part))));
        own.into_iter().for_each(do_part);
    });
}

impl Linear {
    pub(crate) fn of(&self, x: &Matrix) -> Matrix {
        self.weight.apply(x, Some(&self.bias))
    }
}

impl Norm {
    pub(crate) fn apply(&self, x: &mut Matrix) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(rows: usize, columns: usize) -> Matrix {
        let value = |at: usize| ((at * 7919) % 101) as f32 / 101.0 - 0.5;
        Matrix {
            columns,
            data: (0..rows * columns).map(value).collect(),
        }
    }

    fn linear(outputs: usize, inputs: usize) -> Linear {
        let weight = numbers(outputs, inputs);
        Linear {
            weight: Packed::new(outputs, inputs, |output, input| weight.row(output)[input]),
            bias: numbers(1, outputs).data,
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let norm = || Norm {
            weight: vec![1.0; 32],
            bias: vec![0.1; 32],
        };
        let layer = Layer {
            heads: 4,
            qkv: linear(96, 32),
            out: linear(32, 32),
            norm1: norm(),
            up: linear(64, 32),
            down: linear(32, 64),
            norm2: norm(),
        };
        for rows in [1, 47, 48, 200] {
            let mut alone = numbers(rows, 32);
            layer.apply(&mut alone, 1);
            for threads in [2, 3, 8] {
                let mut shared = numbers(rows, 32);
                layer.apply(&mut shared, threads);
                assert_eq!(alone, shared, "{rows} rows on {threads} threads");
            }
        }
    }
}
