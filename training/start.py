"""The weights that training begins with: all-MiniLM-L6-v2, with the units of each feed-forward layer that notes use
most. `python start.py --data DATA.jsonl... --vocabulary vocab.txt --model FOLDER --out start.pt`

What the units that go put out is taken over by those that stay, as well as can be: by least squares on the notes, layer
by layer, each given what the layers below it have become."""

import argparse

import torch
from torch.nn import functional as F

import data
from model import INNER, Reader

NOTES = 220


@torch.no_grad()
def narrow(layer, rows, inner):
    """Leaves `inner` units to a layer. `rows`: what comes into its feed-forward part, (pieces, width)."""
    units = F.gelu(layer.up(rows), approximate="tanh")
    mean = units.mean(0)
    units = units - mean
    weight = layer.down.weight
    # The units whose output varies most.
    kept = (units.pow(2).mean(0) * weight.pow(2).sum(0)).topk(inner).indices.sort().values
    some = units[:, kept]
    gram = some.T @ some
    ridge = 1e-3 * gram.diagonal().mean() * torch.eye(inner)
    down = torch.linalg.solve(gram + ridge, some.T @ (units @ weight.T)).T
    bias = layer.down.bias + weight @ mean - down @ mean[kept]
    for part, value, of in ((layer.up, layer.up.weight[kept], layer.up.bias[kept]), (layer.down, down, bias)):
        part.weight, part.bias = torch.nn.Parameter(value.contiguous()), torch.nn.Parameter(of.contiguous())


@torch.no_grad()
def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--data", required=True, nargs="+")
    parse.add_argument("--vocabulary", required=True)
    parse.add_argument("--model", required=True)
    parse.add_argument("--out", required=True)
    parse.add_argument("--layers", type=int, default=6)
    parse.add_argument("--inner", type=int, default=INNER // 2)
    args = parse.parse_args()
    torch.manual_seed(1)
    vocabulary = data.load_vocabulary(args.vocabulary)
    reader = Reader.pretrained(args.model, vocabulary, args.layers, data.PAIR_FEATURES).eval()
    notes = [note for path in args.data for note in data.load(path, vocabulary)]
    notes = notes[:: max(1, len(notes) // NOTES)]
    xs = [reader.embed(data.batch([data.encode(note, window)])) for note in notes for window in data.windows(note)]
    for layer in reader.layers:
        mids = [layer.attended(x, None, 0.0) for x in xs]
        narrow(layer, torch.cat([mid[0] for mid in mids]), args.inner)
        xs = [layer.forwarded(mid, 0.0) for mid in mids]
    torch.save({"state": reader.state_dict(), "layers": args.layers, "inner": args.inner}, args.out)


if __name__ == "__main__":
    main()
