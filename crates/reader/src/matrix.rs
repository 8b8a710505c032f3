//! Products of matrices in single precision: the reader's time. What is multiplied often is packed once, in panels as
//! wide as two of the machine's vectors. Sums run in the same order on every call.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

/// Rows of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) columns: usize,
    pub(crate) data: Vec<f32>,
}

impl Matrix {
    /// All zero.
    pub(crate) fn new(rows: usize, columns: usize) -> Matrix {
        Matrix {
            columns,
            data: vec![0.0; rows * columns],
        }
    }

    /// Rows of the same length.
    pub(crate) fn of_rows(rows: impl Iterator<Item: AsRef<[f32]>>) -> Matrix {
        let mut matrix = Matrix::new(0, 1);
        for row in rows {
            matrix.columns = row.as_ref().len();
            matrix.data.extend_from_slice(row.as_ref());
        }
        matrix
    }

    pub(crate) fn rows(&self) -> usize {
        self.data.len() / self.columns.max(1)
    }

    pub(crate) fn row(&self, at: usize) -> &[f32] {
        &self.data[at * self.columns..(at + 1) * self.columns]
    }

    pub(crate) fn row_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.data[at * self.columns..(at + 1) * self.columns]
    }

    /// Some columns of all rows.
    pub(crate) fn part(&self, columns: &Range<usize>) -> Matrix {
        let mut data = Vec::with_capacity(self.rows() * columns.len());
        for at in 0..self.rows() {
            data.extend_from_slice(&self.row(at)[columns.clone()]);
        }
        Matrix {
            columns: columns.len(),
            data,
        }
    }

    pub(crate) fn add(&mut self, other: &Matrix) {
        for (x, y) in self.data.iter_mut().zip(&other.data) {
            *x += y;
        }
    }
}

/// A matrix that others are multiplied with.
#[derive(Debug)]
pub(crate) struct Packed {
    /// Panel by panel; in each, for every input, the outputs side by side.
    panels: Vec<f32>,
    inputs: usize,
    outputs: usize,
    /// Outputs of a panel.
    width: usize,
}

impl Packed {
    /// `value`: the weight of an input in an output.
    pub(crate) fn new(
        outputs: usize,
        inputs: usize,
        value: impl Fn(usize, usize) -> f32,
    ) -> Packed {
        let width = Arch::new().dispatch(Width);
        let mut panels = vec![0.0; outputs.div_ceil(width) * width * inputs];
        for (at, panel) in panels.chunks_exact_mut((width * inputs).max(1)).enumerate() {
            for (input, row) in panel.chunks_exact_mut(width).enumerate() {
                for (output, to) in (at * width..outputs).zip(row) {
                    *to = value(output, input);
                }
            }
        }
        Packed {
            panels,
            inputs,
            outputs,
            width,
        }
    }

    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Multiplies rows of inputs, and adds `bias` to each row of outputs.
    pub(crate) fn apply(&self, x: &Matrix, bias: Option<&[f32]>) -> Matrix {
        let columns = self.outputs.div_ceil(self.width) * self.width;
        let mut out = Matrix::new(x.rows().div_ceil(ROWS) * ROWS, columns);
        if let Some(bias) = bias {
            for row in out.data.chunks_exact_mut(columns.max(1)) {
                row[..self.outputs].copy_from_slice(bias);
            }
        }
        Arch::new().dispatch(Product {
            tiles: &tiles(x),
            weights: self,
            out: &mut out,
        });
        out.data.truncate(x.rows() * columns);
        match columns == self.outputs {
            true => out,
            false => out.part(&(0..self.outputs)),
        }
    }
}

/// Vectors side by side in a panel: with six rows, their sums just fit into the sixteen registers of AVX2.
const VECTORS: usize = 2;
const ROWS: usize = 6;
/// Inputs that are gone through at once: their part of a panel stays in the nearest cache for all rows.
const INPUTS: usize = 192;

/// Rows as they are multiplied: six by six, and of six all that stands in one column side by side.
fn tiles(x: &Matrix) -> Vec<[f32; ROWS]> {
    let mut tiles = vec![[0.0; ROWS]; x.rows().div_ceil(ROWS) * x.columns];
    for at in 0..x.rows() {
        let tile = &mut tiles[at / ROWS * x.columns..][..x.columns];
        for (to, from) in tile.iter_mut().zip(x.row(at)) {
            to[at % ROWS] = *from;
        }
    }
    tiles
}

/// How wide a panel is on this machine.
struct Width;

impl WithSimd for Width {
    type Output = usize;

    fn with_simd<S: Simd>(self, _: S) -> usize {
        // On a machine without vectors a panel is no narrower: the compiler may still find some.
        (VECTORS * S::F32_LANES).max(8)
    }
}

/// Adds a product to `out`, whose rows are whole tiles of whole panels.
struct Product<'a> {
    tiles: &'a [[f32; ROWS]],
    weights: &'a Packed,
    out: &'a mut Matrix,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Packed { inputs, width, .. } = *self.weights;
        let outputs = self.out.columns;
        let panels = self.weights.panels.chunks_exact((width * inputs).max(1));
        for (at, panel) in panels.enumerate() {
            for (block, panel) in panel.chunks(width * INPUTS).enumerate() {
                let part = block * INPUTS..block * INPUTS + panel.len() / width;
                let tiles = self.tiles.chunks_exact(inputs);
                let out = self.out.data.chunks_exact_mut(ROWS * outputs);
                for (x, out) in tiles.zip(out) {
                    tile(simd, &x[part.clone()], panel, out, (outputs, at * width));
                }
            }
        }
    }
}

/// Adds a part of one tile times that part of one panel, which begins at `first` of `outputs` in each row.
#[inline(always)]
fn tile<S: Simd>(
    simd: S,
    x: &[[f32; ROWS]],
    panel: &[f32],
    out: &mut [f32],
    (outputs, first): (usize, usize),
) {
    let lanes = S::F32_LANES;
    let vectors = (VECTORS * lanes).max(8) / lanes;
    let (panel, _) = S::as_simd_f32s(panel);
    // More than two vectors a row only where a vector is a single number.
    for from in (0..vectors).step_by(VECTORS) {
        let start = |row: usize| row * outputs + first + from * lanes;
        let mut sums: [[S::f32s; VECTORS]; ROWS] = std::array::from_fn(|row| {
            let (sums, _) = S::as_simd_f32s(&out[start(row)..][..VECTORS * lanes]);
            [sums[0], sums[1]]
        });
        for (x, weights) in x.iter().zip(panel.chunks_exact(vectors)) {
            let weights = [weights[from], weights[from + 1]];
            for (sums, x) in sums.iter_mut().zip(x) {
                let x = simd.splat_f32s(*x);
                sums[0] = simd.mul_add_e_f32s(x, weights[0], sums[0]);
                sums[1] = simd.mul_add_e_f32s(x, weights[1], sums[1]);
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            let (to, _) = S::as_mut_simd_f32s(&mut out[start(row)..][..VECTORS * lanes]);
            to.copy_from_slice(sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_any_shape_is_the_sum_of_products() {
        for (rows, inputs, outputs) in [(1, 1, 1), (7, 5, 3), (6, 384, 16), (13, 33, 40), (0, 4, 4)]
        {
            let value = |at: usize| ((at * 7919) % 13) as f32 - 6.0;
            let x = Matrix {
                columns: inputs,
                data: (0..rows * inputs).map(value).collect(),
            };
            let weight = |output: usize, input: usize| value(output * 31 + input * 17);
            let bias: Vec<f32> = (0..outputs).map(value).collect();
            let out = Packed::new(outputs, inputs, weight).apply(&x, Some(&bias));
            for row in 0..rows {
                for (output, bias) in bias.iter().enumerate() {
                    let products =
                        (0..inputs).map(|input| x.row(row)[input] * weight(output, input));
                    let sum: f32 = bias + products.sum::<f32>();
                    assert_eq!(out.row(row)[output], sum, "{rows} {inputs} {outputs}");
                }
            }
        }
    }
}
