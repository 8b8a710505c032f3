//! Functions of one number that the compiler can do several of at once. Exact to about six digits.

use pulp::Arch;

/// e to the power of `x`, from -87 to 88. By Cody and Waite's reduction and a polynomial, as in Cephes' `expf`.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Adding it rounds to a whole number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut y = 1.987_569_1e-4;
    for c in [
        1.398_2e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        y = y * rest + c;
    }
    let y = y * rest * rest + rest + 1.0;
    let power = (shifted.to_bits() << 23).wrapping_add(127 << 23);
    y * f32::from_bits(power)
}

/// Gaussian error linear unit, by its tanh approximation. Source: Hendrycks and Gimpel, arXiv:1606.08415.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let inner = 0.797_884_6 * (x + 0.044_715 * x * x * x);
    // tanh(a) = 1 - 2 / (e^2a + 1)
    x * (1.0 - 1.0 / (exp(2.0 * inner) + 1.0))
}

/// [`gelu`] of each.
pub(crate) fn gelu_all(all: &mut [f32]) {
    Arch::new().dispatch(|| all.iter_mut().for_each(|x| *x = gelu(*x)));
}

/// Turns log-odds into shares of 1.
pub(crate) fn softmax(row: &mut [f32]) {
    Arch::new().dispatch(|| {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.iter_mut().for_each(|x| *x = exp(*x - most));
        let sum: f32 = row.iter().sum();
        row.iter_mut().for_each(|x| *x /= sum);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_exact_to_six_digits() {
        for at in -800..=800 {
            let x = at as f32 / 10.0;
            assert!(
                (exp(x) / x.exp() - 1.0).abs() < 2e-6,
                "{x}: {} {}",
                exp(x),
                x.exp()
            );
        }
    }

    #[test]
    fn gelu_has_the_known_values() {
        for (x, y) in [
            (0.0, 0.0),
            (1.0, 0.841_192),
            (-1.0, -0.158_808),
            (3.0, 2.996_363),
            (20.0, 20.0),
            (-20.0, 0.0),
        ] {
            assert!((gelu(x) - y).abs() < 1e-4, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut row = [1.0, 2.0, 1000.0];
        softmax(&mut row);
        assert_eq!(row.iter().sum::<f32>(), 1.0);
        assert!(row[2] > 0.999);
    }
}
