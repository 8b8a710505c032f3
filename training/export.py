"""Writes trained weights as the program reads them: large matrices in 8 bit with a scale for each row, the rest in
single precision. `python export.py weights.pt reader.safetensors [golden.json lessons.jsonl]`: the
latter for the test that the program computes the same."""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

import data
import train
from model import Reader

# Small, and what decides: not worth a rounding.
WHOLE = ("around.", "rules.", "goal.", "evidence.", "of_pair.", "decide.")


def quantised(weight):
    scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    return (weight / scale).round().clamp(-127, 127).to(torch.int8), scale.squeeze(1)


def rounded(state):
    """The weights as they come out of the file: to measure what the rounding costs."""
    out = {}
    for name, value in state.items():
        if value.dim() == 2 and not name.startswith(WHOLE):
            q, scale = quantised(value)
            value = q.float() * scale[:, None]
        out[name] = value
    return out


@torch.no_grad()
def golden(saved, path, vocabulary):
    """What the rounded weights make of the first goal of the shortest note that is read in two windows."""
    notes = [note for note in data.load(path, vocabulary) if note.goals and len(note.pieces) > data.WINDOW]
    note = min(notes, key=lambda note: (len(note.pieces), note.name))
    state = saved["state"]
    reader = Reader(state["words.weight"].shape[0], saved["layers"], data.PAIR_FEATURES, saved["inner"])
    reader.load_state_dict(rounded(state))
    reader.eval()
    item = train.prepare(note)
    x = train.own_encodings(item, [reader.encode(data.batch([encoded]))[0] for encoded in item["encoded"]])
    logits = reader.pairs(*train.pair_inputs(reader, item, x, [note.goals[0].pieces]), item["features"][:1])[0]
    says = torch.cat([torch.zeros_like(logits[..., :1]), logits], -1).softmax(-1)
    ends = [item["first"][sentence] for sentence in item["sentences"]] + [len(note.pieces)]
    rows = lambda values: [[round(v, 4) for v in row] for row in values.tolist()]
    return {
        "note": note.name,
        "pieces": note.pieces,
        "around": note.around,
        "rules": note.rules,
        "windows": [[[start, end], [own_start, own_end]] for start, end, own_start, own_end in item["windows"]],
        "tags": rows(reader.goal(x).softmax(-1)),
        "goals": [list(goal.range) for goal in note.goals],
        "goal": list(note.goals[0].pieces),
        "sentences": [list(pair) for pair in zip(ends, ends[1:])],
        "features": [[int(v) for v in row] for row in item["features"][0].tolist()],
        "says": [rows(sentence) for sentence in says],
    }


def main():
    saved = torch.load(sys.argv[1])
    state = saved["state"]
    tensors = {}
    for name, value in state.items():
        if value.dim() == 2 and not name.startswith(WHOLE):
            tensors[name], tensors[name + ".scale"] = quantised(value)
        else:
            tensors[name] = value.contiguous().float()
    save_file(tensors, sys.argv[2])
    if len(sys.argv) > 4:
        vocabulary = data.load_vocabulary(Path(sys.argv[2]).with_name("vocabulary.txt"))
        made = golden(saved, sys.argv[4], vocabulary)
        with open(sys.argv[3], "w") as file:
            json.dump(made, file)
            file.write("\n")


if __name__ == "__main__":
    main()
