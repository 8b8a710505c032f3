//! The program computes what training computed: the same network, the same rounding, on one labelled note.
//! `golden.json` was written by PyTorch from the weights in `weights/`.

use serde::Deserialize;
use sowhat_reader::{Input, Network};

#[derive(Deserialize)]
struct Golden {
    pieces: Vec<u32>,
    around: Vec<[u8; 8]>,
    rules: Vec<u16>,
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
    let encoded = network.encode(&Input {
        pieces: golden.pieces,
        around: golden.around,
        rules: golden.rules,
    });
    let near = |a: f32, b: f32| (a - b).abs() < 2e-3;
    for (at, (ours, theirs)) in encoded.goal.iter().zip(&golden.tags).enumerate() {
        let alike = ours.iter().zip(theirs).all(|(a, b)| near(*a, *b));
        assert!(alike, "piece {at}: {ours:?}, in training {theirs:?}");
    }
    let sentences: Vec<_> = golden
        .sentences
        .iter()
        .map(|[start, end]| *start..*end)
        .collect();
    let goal = golden.goal[0]..golden.goal[1];
    let says = network.says(&encoded, &sentences, &[goal], &[golden.features]);
    assert_eq!(says[0].len(), golden.says.len());
    for (at, (ours, theirs)) in says[0].iter().zip(&golden.says).enumerate() {
        let alike = ours
            .as_flattened()
            .iter()
            .zip(theirs.as_flattened())
            .all(|(a, b)| near(*a, *b));
        assert!(alike, "sentence {at}: {ours:?}, in training {theirs:?}");
    }
    let certain = encoded
        .goal
        .iter()
        .filter(|[outside, ..]| *outside < 0.1)
        .count();
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
