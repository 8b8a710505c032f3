"""Trains the reader. `python train.py --data DATA.jsonl --vocabulary vocab.txt --model FOLDER --out weights.pt`"""

import argparse
import random
import time

import torch
from torch.nn import functional as F

import data
import evaluate
from model import Reader


def prepare(note):
    """The windows of a note, each with its encoded pieces, its sentences and goals."""
    out = []
    for window in data.windows(note):
        start, end, own_start, own_end = window
        encoded = data.encode(note, window)
        sentences = sorted({note.sentence_of[at] for at in range(start, end)})
        first = {}
        for at in range(start, end):
            first.setdefault(note.sentence_of[at], at)
        item = {"note": note, "window": window, "encoded": encoded, "sentences": sentences, "first": first}
        item["goals"] = [g for g in note.goals if own_start <= g.pieces[0] < own_end and g.pieces[1] <= end]
        if item["goals"]:
            item["features"] = features_of(item, [g.pieces for g in item["goals"]], [g.served for g in item["goals"]], [g.pieces for g in note.goals])
        out.append(item)
    return out


def features_of(item, goals, served, others):
    note = item["note"]
    return torch.stack([data.pair_features(note, g, others, item["sentences"], item["first"], sv) for g, sv in zip(goals, served)])


def pair_inputs(item, x, goals):
    """Encodings of sentences and goals. `goals`: (start, end) in the note's pieces."""
    note, (start, end, _, _) = item["note"], item["window"]
    index = {s: i for i, s in enumerate(item["sentences"])}
    where = torch.tensor([index[note.sentence_of[at]] for at in range(start, end)])
    x = x[: end - start]
    sums = torch.zeros(len(index), x.shape[1]).index_add(0, where, x)
    counts = torch.bincount(where, minlength=len(index)).clamp(min=1)
    most = torch.full((len(index), x.shape[1]), -1e9).scatter_reduce(0, where[:, None].expand_as(x), x, "amax")
    sentences = torch.cat([sums / counts[:, None], most], -1)
    spans = [x[a - start : b - start] for a, b in goals]
    spans = torch.stack([torch.cat([span.mean(0), span.amax(0)]) for span in spans])
    return sentences, spans


def state_probabilities(logits):
    """Noisy or: the best of all sentences decides (Q1). (goals, sentences, 3, 3) -> (goals, 3, 4)."""
    p = torch.cat([torch.zeros_like(logits[..., :1]), logits], -1).softmax(-1)
    none = p[..., 0]
    low = 1e-6
    no_answered = (1 - p[..., 3]).clamp(low, 1).log().sum(1).exp()
    no_vague = (none + p[..., 1]).clamp(low, 1).log().sum(1).exp()  # neither vague nor answered
    nothing = none.clamp(low, 1).log().sum(1).exp()
    return torch.stack([nothing, no_vague - nothing, no_answered - no_vague, 1 - no_answered], -1).clamp(low, 1)


def loss_of(reader, items, rules_off, weights):
    batch = data.batch([item["encoded"] for item in items])
    if rules_off is not None:
        batch["rules"] = batch["rules"] * (1 - rules_off.float())[:, None, None]
    if reader.training:
        noise = torch.rand(batch["pieces"].shape) < 0.08
        batch["pieces"] = torch.where(noise, torch.full_like(batch["pieces"], reader.unknown), batch["pieces"])
    x = reader.encode(batch)
    goal = F.cross_entropy(reader.goal(x).flatten(0, 1), batch["goal_tags"].flatten(), ignore_index=-100)
    tags = reader.evidence(x).unflatten(-1, (3, 4))
    evidence = F.cross_entropy(tags.flatten(0, 2), batch["evidence_tags"].flatten(), ignore_index=-100)
    pair_sum, state_sum, count, pair_count = 0.0, 0.0, 0, 0
    for i, item in enumerate(items):
        note, (start, end, own_start, own_end) = item["note"], item["window"]
        goals = item["goals"]
        if not goals:
            continue
        features = item["features"].clone()
        if rules_off is not None and bool(rules_off[i]):
            features[..., -9:] = 0
        logits = reader.pairs(*pair_inputs(item, x[i], [g.pieces for g in goals]), features)
        index = {s: k for k, s in enumerate(item["sentences"])}
        target = torch.zeros(logits.shape[:3], dtype=torch.long)
        for g, goal_ in enumerate(goals):
            for q, found in enumerate(goal_.evidence):
                for s in found:
                    if s in index:
                        target[g, index[s], q] = goal_.states[q]
        full = torch.cat([torch.zeros_like(logits[..., :1]), logits], -1)
        pair_sum = pair_sum + F.cross_entropy(full.flatten(0, 2), target.flatten(), reduction="sum")
        states = torch.tensor([g.states for g in goals])
        p = state_probabilities(logits)
        state_sum = state_sum - p.gather(-1, states[..., None]).log().sum()
        count += states.numel()
    n = max(count, 1)
    wg, we, wp, ws = weights
    return wg * goal + we * evidence + (wp * pair_sum + ws * state_sum) / n, [float(torch.as_tensor(v).detach()) for v in (goal, evidence, pair_sum / n, state_sum / n)]


def spans_of(note, p, threshold):
    """Goals from tag probabilities: pieces that are rather in a goal than not, cut where one begins."""
    inside = p[:, 1] + p[:, 2]
    out, start = [], None
    for at in range(len(inside) + 1):
        on = at < len(inside) and inside[at] >= threshold
        new = on and start is not None and (p[at, 1] > p[at, 2] or note.sentence_of[at] != note.sentence_of[at - 1])
        if start is not None and (not on or new):
            out.append((start, at))
            start = None
        if on and start is None:
            start = at
    return out


@torch.no_grad()
def predict(reader, note, items, rules=True):
    """Tag probabilities and, for pieces (start, end) given as goals, their states: a function."""
    reader.eval()
    p = torch.zeros(len(note.pieces), 3)
    xs = []
    for item in items:
        b = data.batch([item["encoded"]])
        if not rules:
            b["rules"] = torch.zeros_like(b["rules"])
        x = reader.encode(b)[0]
        start, end, own_start, own_end = item["window"]
        p[own_start:own_end] = reader.goal(x).softmax(-1)[own_start - start : own_end - start]
        xs.append(x)

    def states(goals, served):
        out = [None] * len(goals)
        for item, x in zip(items, xs):
            start, end, own_start, own_end = item["window"]
            mine = [k for k, g in enumerate(goals) if own_start <= g[0] < own_end]
            if mine:
                spans = [(goals[k][0], min(goals[k][1], end)) for k in mine]
                features = features_of(item, spans, [served[k] for k in mine], goals)
                logits = reader.pairs(*pair_inputs(item, x, spans), features)
                for k, row in zip(mine, state_probabilities(logits)):
                    out[k] = row
        return out

    return p, states


def evaluate_on(reader, items_by_note, notes, threshold=0.5, title=""):
    found, given = {}, {}
    for note in notes:
        p, states = predict(reader, note, items_by_note[note.name])
        spans = spans_of(note, p, threshold)
        rows = states(spans, [[] for _ in spans]) if spans else []
        found[note.name] = [(note.sources[a][0], note.sources[b - 1][1], row.argmax(-1).tolist()) for (a, b), row in zip(spans, rows)]
        rows = states([g.pieces for g in note.goals], [g.served for g in note.goals]) if note.goals else []
        given[note.name] = [(*g.range, row.argmax(-1).tolist()) for g, row in zip(note.goals, rows)]
    evaluate.show(title + " end to end", evaluate.score(notes, found))
    evaluate.show(title + " states given the goals", {"all": evaluate.score(notes, given)["all"]})


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--data", required=True)
    parse.add_argument("--more", nargs="*", default=[], help="further lessons, never held out")
    parse.add_argument("--vocabulary", required=True)
    parse.add_argument("--model", required=True)
    parse.add_argument("--out", required=True)
    parse.add_argument("--start", help="weights to go on from, in place of MiniLM's")
    parse.add_argument("--layers", type=int, default=3)
    parse.add_argument("--pick", default="")
    parse.add_argument("--epochs", type=int, default=8)
    parse.add_argument("--batch", type=int, default=4)
    parse.add_argument("--rate", type=float, default=1.2e-4)
    parse.add_argument("--fold", type=int, default=-1, help="hold out this fold of five; -1: train on all")
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--threads", type=int, default=2)
    args = parse.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(args.threads)
    vocabulary = [line for line in open(args.vocabulary).read().split("\n") if line]
    notes = data.load(args.data)
    fold = data.folds(notes, 5)
    train = [n for n in notes if fold[n.name] != args.fold]
    held = [n for n in notes if fold[n.name] == args.fold]
    for path in args.more:
        train += data.load(path)
    pick = [int(k) for k in args.pick.split(",")] if args.pick else None
    reader = Reader.pretrained(args.model, vocabulary, args.layers, data.PAIR_FEATURES, pick)
    reader.unknown = vocabulary.index("[UNK]")
    if args.start:
        reader.load_state_dict(torch.load(args.start)["state"])
    items = {n.name: prepare(n) for n in train + held}
    work = [item for n in train for item in items[n.name]]
    new = [p for name, p in reader.named_parameters() if name.split(".")[0] in ("goal", "evidence", "of_sentence", "of_goal", "of_pair", "decide", "among", "around", "rules")]
    old = [p for name, p in reader.named_parameters() if not any(p is q for q in new)]
    optimizer = torch.optim.AdamW([{"params": old, "lr": args.rate}, {"params": new, "lr": args.rate * 6}], weight_decay=0.01)
    steps = args.epochs * ((len(work) + args.batch - 1) // args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps))))
    began = time.time()
    for epoch in range(args.epochs):
        reader.train()
        random.shuffle(work)
        # Notes of like length together: less padding.
        chunks = [sorted(work[k : k + 8 * args.batch], key=lambda item: len(item["encoded"]["pieces"])) for k in range(0, len(work), 8 * args.batch)]
        batches = [chunk[k : k + args.batch] for chunk in chunks for k in range(0, len(chunk), args.batch)]
        random.shuffle(batches)
        sums = [0.0] * 4
        for part in batches:
            rules_off = torch.rand(len(part)) < 0.4
            loss, parts = loss_of(reader, part, rules_off, (1.0, 1.0, 0.3, 0.5))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            sums = [a + b for a, b in zip(sums, parts)]
        print(f"epoch {epoch + 1}: goal {sums[0] / len(batches):.4f} evidence {sums[1] / len(batches):.4f} pairs {sums[2] / len(batches):.4f} states {sums[3] / len(batches):.4f}  {time.time() - began:.0f} s", flush=True)
        if held and (epoch + 1) % 2 == 0:
            evaluate_on(reader, items, held, title=f"epoch {epoch + 1}, fold {args.fold}")
    torch.save({"state": reader.state_dict(), "layers": args.layers}, args.out)


if __name__ == "__main__":
    main()
