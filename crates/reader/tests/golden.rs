//! The program computes what training computed: the same network, the same rounding, on one labelled note that
//! is read in two windows.
//! `golden.json` was written by PyTorch from the weights in `weights/`.

use serde::Deserialize;
use sowhat_reader::{Input, Network};

#[derive(Deserialize)]
struct Golden {
    pieces: Vec<u32>,
    around: Vec<[u8; 8]>,
    rules: Vec<u16>,
    /// What is read together, and of that what it answers for.
    windows: Vec<[[usize; 2]; 2]>,
    tags: Vec<[f32; 3]>,
    goal: [usize; 2],
    sentences: Vec<[usize; 2]>,
    features: Vec<Vec<f32>>,
    says: Vec<[[f32; 4]; 3]>,
}

#[test]
fn the_program_reads_as_training_did() {
    let golden: Golden = serde_json::from_str(include_str!("golden.json")).unwrap();
    let network = Network::get();
    let mut tags = Vec::new();
    let read = |[read, own]: &[[usize; 2]; 2]| {
        let encoded = network.encode(&Input {
            pieces: golden.pieces[read[0]..read[1]].to_vec(),
            around: golden.around[read[0]..read[1]].to_vec(),
            rules: golden.rules[read[0]..read[1]].to_vec(),
        });
        tags.extend_from_slice(&encoded.goal[own[0] - read[0]..own[1] - read[0]]);
        (encoded, read[0], *own)
    };
    let windows: Vec<_> = golden.windows.iter().map(read).collect();
    assert_eq!(windows.len(), 2);
    let rows: Vec<&[f32]> = (windows.iter())
        .flat_map(|(encoded, start, own)| (own[0]..own[1]).map(move |at| encoded.row(at - start)))
        .collect();
    let near = |a: f32, b: f32| (a - b).abs() < 2e-3;
    for (at, (ours, theirs)) in tags.iter().zip(&golden.tags).enumerate() {
        let alike = ours.iter().zip(theirs).all(|(a, b)| near(*a, *b));
        assert!(alike, "piece {at}: {ours:?}, in training {theirs:?}");
    }
    let pieces = |[start, end]: &[usize; 2]| rows[*start..*end].to_vec();
    let sentences: Vec<_> = golden.sentences.iter().map(pieces).collect();
    let goal = network.goals(&[pieces(&golden.goal)]);
    let rows = network.sentences(&sentences);
    let rows: Vec<&[f32]> = (0..sentences.len()).map(|at| rows.row(at)).collect();
    let says = network.says(goal.row(0), &rows, &golden.features);
    assert_eq!(says.len(), golden.says.len());
    for (at, (ours, theirs)) in says.iter().zip(&golden.says).enumerate() {
        let alike = ours
            .as_flattened()
            .iter()
            .zip(theirs.as_flattened())
            .all(|(a, b)| near(*a, *b));
        assert!(alike, "sentence {at}: {ours:?}, in training {theirs:?}");
    }
    let certain = tags.iter().filter(|[outside, ..]| *outside < 0.1).count();
    assert!(certain > 3, "the note's goals are seen");
}

#[test]
fn the_same_input_gives_the_same_bits() {
    let input = Input {
        pieces: (0..200).map(|at| at * 37 % 8000).collect(),
        around: vec![[1, 2, 0, 1, 0, 1, 2, 0]; 200],
        rules: vec![5; 200],
    };
    let network = Network::get();
    let first = network.encode(&input);
    let again = std::thread::spawn(move || Network::get().encode(&input));
    assert_eq!(first, again.join().unwrap());
}
