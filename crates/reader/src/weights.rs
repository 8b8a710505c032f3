//! The weights as `training/` ships them: whole numbers of 8 bits with a scale for each row, or single precision, in
//! one file of the safetensors format.

use safetensors::SafeTensors;
use safetensors::tensor::TensorView;

use crate::matrix::Matrix;

#[cfg(feature = "learned-reader")]
static OWN: &[u8] = include_bytes!("../weights/reader.safetensors");
#[cfg(not(feature = "learned-reader"))]
static OWN: &[u8] = &[];

/// Whether the weights are in this program. Without them there is no [`crate::Network`].
pub const BUILT_IN: bool = cfg!(feature = "learned-reader");

/// A file of weights.
pub(crate) struct Weights<'a>(SafeTensors<'a>);

impl Weights<'static> {
    /// Those in this program; there are some where [`BUILT_IN`] says so.
    pub(crate) fn own() -> Weights<'static> {
        Weights(SafeTensors::deserialize(OWN).expect("the weights are tested with the program"))
    }
}

impl Weights<'_> {
    /// How many layers the encoder has.
    pub(crate) fn layers(&self) -> usize {
        (0..)
            .take_while(|at| self.0.tensor(&format!("layers.{at}.qkv.weight")).is_ok())
            .count()
    }

    /// A matrix, row by row.
    pub(crate) fn matrix(&self, name: &str) -> Matrix {
        let tensor = self.tensor(name);
        let columns = tensor.shape()[1];
        let data = match self.0.tensor(&format!("{name}.scale")) {
            Err(_) => singles(&tensor),
            Ok(scales) => {
                let rows = tensor.data().chunks_exact(columns).zip(singles(&scales));
                let row = |(row, scale): (&[u8], f32)| -> Vec<f32> {
                    row.iter()
                        .map(|&x| f32::from(x.cast_signed()) * scale)
                        .collect()
                };
                rows.flat_map(row).collect()
            }
        };
        Matrix { columns, data }
    }

    /// A vector.
    pub(crate) fn vector(&self, name: &str) -> Vec<f32> {
        singles(&self.tensor(name))
    }

    fn tensor(&self, name: &str) -> TensorView<'_> {
        self.0
            .tensor(name)
            .expect("the weights are tested with the program")
    }
}

fn singles(tensor: &TensorView<'_>) -> Vec<f32> {
    let (chunks, _) = tensor.data().as_chunks::<4>();
    chunks
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect()
}
