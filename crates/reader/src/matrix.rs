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
        let rows = (0..self.rows()).flat_map(|at| &self.row(at)[columns.clone()]);
        Matrix {
            columns: columns.len(),
            data: rows.copied().collect(),
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

    /// Multiplies rows of inputs, and adds `bias` to each row of outputs.
    pub(crate) fn apply(&self, x: &Matrix, bias: Option<&[f32]>) -> Matrix {
        let mut out = Matrix::new(x.rows(), self.outputs);
        let mut padded = vec![0.0; self.outputs.div_ceil(self.width) * self.width];
        if let Some(bias) = bias {
            padded[..self.outputs].copy_from_slice(bias);
        }
        Arch::new().dispatch(Product {
            x,
            weights: self,
            bias: &padded,
            out: &mut out,
        });
        out
    }
}

/// Vectors side by side in a panel: with six rows, their sums just fit into the sixteen registers of AVX2.
const VECTORS: usize = 2;
const ROWS: usize = 6;

/// How wide a panel is on this machine.
struct Width;

impl WithSimd for Width {
    type Output = usize;

    fn with_simd<S: Simd>(self, _: S) -> usize {
        // On a machine without vectors a panel is no narrower: the compiler may still find some.
        (VECTORS * S::F32_LANES).max(8)
    }
}

struct Product<'a> {
    x: &'a Matrix,
    weights: &'a Packed,
    bias: &'a [f32],
    out: &'a mut Matrix,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Packed {
            inputs,
            outputs,
            width,
            ..
        } = *self.weights;
        let panels = self.weights.panels.chunks_exact((width * inputs).max(1));
        for (at, (panel, bias)) in panels.zip(self.bias.chunks_exact(width)).enumerate() {
            let first = at * width;
            let count = width.min(outputs - first);
            let mut row = 0;
            while row < self.x.rows() {
                let rows = (self.x.rows() - row).min(ROWS);
                let x = &self.x.data[row * inputs..(row + rows) * inputs];
                let out = &mut self.out.data[row * outputs..(row + rows) * outputs];
                let place = (outputs, first, count);
                match rows {
                    6 => tile::<S, 6>(simd, x, panel, bias, out, place),
                    5 => tile::<S, 5>(simd, x, panel, bias, out, place),
                    4 => tile::<S, 4>(simd, x, panel, bias, out, place),
                    3 => tile::<S, 3>(simd, x, panel, bias, out, place),
                    2 => tile::<S, 2>(simd, x, panel, bias, out, place),
                    _ => tile::<S, 1>(simd, x, panel, bias, out, place),
                }
                row += rows;
            }
        }
    }
}

/// `R` rows times one panel.
#[inline(always)]
fn tile<S: Simd, const R: usize>(
    simd: S,
    x: &[f32],
    panel: &[f32],
    bias: &[f32],
    out: &mut [f32],
    (outputs, first, count): (usize, usize, usize),
) {
    let (panel, _) = S::as_simd_f32s(panel);
    let (bias, _) = S::as_simd_f32s(bias);
    let inputs = x.len() / R;
    let x: [&[f32]; R] = std::array::from_fn(|row| &x[row * inputs..][..inputs]);
    let vectors = bias.len();
    // More than two vectors a row only where a vector is a single number.
    for from in (0..vectors).step_by(VECTORS) {
        let mut sums = [[bias[from], bias[from + 1]]; R];
        for (input, weights) in panel.chunks_exact(vectors).take(inputs).enumerate() {
            let weights = [weights[from], weights[from + 1]];
            for (sums, x) in sums.iter_mut().zip(&x) {
                let x = simd.splat_f32s(x[input]);
                sums[0] = simd.mul_add_e_f32s(x, weights[0], sums[0]);
                sums[1] = simd.mul_add_e_f32s(x, weights[1], sums[1]);
            }
        }
        let lanes = S::F32_LANES;
        for (row, sums) in sums.iter().enumerate() {
            let out = &mut out[row * outputs + first..][..count];
            for (vector, sum) in sums.iter().enumerate() {
                let start = (from + vector) * lanes;
                let sum: &[f32] = bytemuck::cast_slice(std::slice::from_ref(sum));
                for (to, from) in out.iter_mut().skip(start).zip(sum) {
                    *to = *from;
                }
            }
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
