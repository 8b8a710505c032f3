"""Writes trained weights as the program reads them: 8 bit with a scale for each row where that is a matrix of the
encoder, single precision elsewhere. `python export.py weights.pt reader.safetensors`"""

import sys

import torch
from safetensors.torch import save_file

# Small, and what decides: not worth a rounding.
WHOLE = ("around.", "rules.", "goal.", "of_sentence.", "of_goal.", "of_pair.", "among.", "decide.")


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


def main():
    state = torch.load(sys.argv[1])["state"]
    tensors = {}
    for name, value in state.items():
        if name.startswith("evidence."):
            continue  # helps the training only
        if value.dim() == 2 and not name.startswith(WHOLE):
            tensors[name], tensors[name + ".scale"] = quantised(value)
        else:
            tensors[name] = value.contiguous().float()
    save_file(tensors, sys.argv[2])


if __name__ == "__main__":
    main()
