"""Trains the reader. `python train.py --data DATA.jsonl --vocabulary vocab.txt --start start.pt --out weights.pt`"""

import argparse
import random
import time

import torch
from torch.nn import functional as F

import data
import evaluate
from model import Reader


def prepare(note, size=data.WINDOW):
    """A note with its windows, each with its encoded pieces, and what is told of every goal and sentence."""
    first = {}
    for at, sentence in enumerate(note.sentence_of):
        first.setdefault(sentence, at)
    sentences = sorted(first)
    item = {"note": note, "windows": data.windows(note, size), "sentences": sentences, "first": first}
    item["encoded"] = [data.encode(note, window) for window in item["windows"]]
    if note.goals:
        pieces = [g.pieces for g in note.goals]
        item["features"] = features_of(item, pieces, [g.served for g in note.goals])
        item["targets"] = targets_of(item)
    return item


def rewindowed(item, size):
    """The same note in windows of another size: so that what is read in another window is learned from as well."""
    windows = data.windows(item["note"], size)
    return {**item, "windows": windows, "encoded": [data.encode(item["note"], window) for window in windows]}


def features_of(item, goals, served):
    of = lambda at: data.pair_features(item["note"], at, goals, served, item["sentences"], item["first"])
    return torch.stack([of(at) for at in range(len(goals))])


def targets_of(item):
    """What each sentence says of each goal, (goals, sentences, qualifiers)."""
    index = {sentence: k for k, sentence in enumerate(item["sentences"])}
    goals = item["note"].goals
    target = torch.zeros(len(goals), len(index), 3, dtype=torch.long)
    for g, goal in enumerate(goals):
        for q, found in enumerate(goal.evidence):
            for sentence in found:
                target[g, index[sentence], q] = goal.states[q]
    return target


def own_encodings(item, x):
    """The encodings of a note's pieces, each as its own window has it. `x`: those of each window."""
    own = [of[o - start : e - start] for of, (start, _, o, e) in zip(x, item["windows"])]
    return torch.cat(own)


def pair_inputs(reader, item, x, goals):
    """Encodings of sentences and goals. `x`: of the note's pieces; `goals`: (start, end) in them."""
    index = {sentence: k for k, sentence in enumerate(item["sentences"])}
    where = torch.tensor([index[sentence] for sentence in item["note"].sentence_of])
    sums = torch.zeros(len(index), x.shape[1]).index_add(0, where, x)
    counts = torch.bincount(where, minlength=len(index)).clamp(min=1)
    most = lambda of: torch.full((len(index), of.shape[1]), -1e9).scatter_reduce(0, where[:, None].expand_as(of), of, "amax")
    sentences = torch.cat([sums / counts[:, None], most(x), most(reader.evidence(x))], -1)
    spans = [x[a:b] for a, b in goals]
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


def loss_of(reader, items, weights):
    encoded = [(i, window) for i, item in enumerate(items) for window in item["encoded"]]
    batch = data.batch([window for _, window in encoded])
    # Without the rules' word now and then: it has to read for itself.
    rules_off = torch.rand(len(items)) < 0.4
    batch["rules"] = batch["rules"] * (1 - rules_off[[i for i, _ in encoded]].float())[:, None, None]
    # Nor, to tell the words apart, what stands around: headings and layouts are everybody's own. Pairs keep it.
    around_off = torch.rand(len(items)) < 0.1
    batch["shown"] = 1 - around_off[[i for i, _ in encoded]].float()
    noise = torch.rand(batch["pieces"].shape) < 0.08
    batch["pieces"] = torch.where(noise, torch.full_like(batch["pieces"], reader.unknown), batch["pieces"])
    x = reader.encode(batch)
    goal = F.cross_entropy(reader.goal(x).flatten(0, 1), batch["goal_tags"].flatten(), ignore_index=-100)
    tags = reader.evidence(x).unflatten(-1, (3, 4))
    evidence = F.cross_entropy(tags.flatten(0, 2), batch["evidence_tags"].flatten(), ignore_index=-100)
    pair_sum, state_sum, count = torch.zeros(()), torch.zeros(()), 0
    for i, item in enumerate(items):
        goals = item["note"].goals
        if not goals:
            continue
        features = item["features"].clone()
        if rules_off[i]:
            features[..., data.RULES] = 0
        own = own_encodings(item, [x[k] for k, (of, _) in enumerate(encoded) if of == i])
        logits = reader.pairs(*pair_inputs(reader, item, own, [g.pieces for g in goals]), features)
        full = torch.cat([torch.zeros_like(logits[..., :1]), logits], -1)
        pair_sum = pair_sum + F.cross_entropy(full.flatten(0, 2), item["targets"].flatten(), reduction="sum")
        states = torch.tensor([g.states for g in goals])
        state_sum = state_sum - state_probabilities(logits).gather(-1, states[..., None]).log().sum()
        count += states.numel()
    n = max(count, 1)
    wg, we, wp, ws = weights
    return wg * goal + we * evidence + (wp * pair_sum + ws * state_sum) / n, [float(v.detach()) for v in (goal, evidence, pair_sum / n, state_sum / n)]


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
def predict(reader, item):
    """Tag probabilities and, for pieces (start, end) given as goals, their states: a function."""
    reader.eval()
    x = own_encodings(item, [reader.encode(data.batch([encoded]))[0] for encoded in item["encoded"]])
    p = reader.goal(x).softmax(-1)

    def states(goals, served):
        features = features_of(item, goals, served)
        return state_probabilities(reader.pairs(*pair_inputs(reader, item, x, goals), features))

    return p, states


def evaluate_on(reader, items_by_note, notes, threshold=0.5, title=""):
    found, given = {}, {}
    for note in notes:
        p, states = predict(reader, items_by_note[note.name])
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
    parse.add_argument("--out", required=True)
    parse.add_argument("--start", required=True, help="weights to begin with")
    parse.add_argument("--epochs", type=int, default=8)
    parse.add_argument("--batch", type=int, default=4)
    parse.add_argument("--rate", type=float, default=1.2e-4)
    parse.add_argument("--end", type=float, default=0.0, help="share of the rate that is left at the end")
    parse.add_argument("--fold", type=int, default=-1, help="hold out this fold of five; -1: train on all")
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--threads", type=int, default=2)
    args = parse.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(args.threads)
    vocabulary = data.load_vocabulary(args.vocabulary)
    notes = data.load(args.data, vocabulary)
    fold = data.folds(notes, 5)
    train = [n for n in notes if fold[n.name] != args.fold]
    held = [n for n in notes if fold[n.name] == args.fold]
    for path in args.more:
        train += data.load(path, vocabulary)
    start = torch.load(args.start)
    reader = Reader(len(vocabulary), start["layers"], data.PAIR_FEATURES, start["inner"])
    reader.load_state_dict(start["state"])
    reader.unknown = vocabulary.index("[UNK]")
    items = {n.name: prepare(n) for n in train + held}
    new = [p for name, p in reader.named_parameters() if name.split(".")[0] in ("goal", "evidence", "of_sentence", "of_goal", "of_pair", "decide", "among", "around", "rules")]
    old = [p for name, p in reader.named_parameters() if not any(p is q for q in new)]
    optimizer = torch.optim.AdamW([{"params": old, "lr": args.rate}, {"params": new, "lr": args.rate * 6}], weight_decay=0.01)
    steps = args.epochs * ((len(train) + args.batch - 1) // args.batch)
    warm = 0.06 * steps
    share = lambda step: min((step + 1) / warm, args.end + (1 - args.end) * max(0.0, (steps - step) / (steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    began = time.time()
    for epoch in range(args.epochs):
        reader.train()
        work = [shown(items[n.name]) for n in train]
        random.shuffle(work)
        # Notes of like length together: less padding.
        chunks = [sorted(work[k : k + 8 * args.batch], key=lambda item: len(item["note"].pieces)) for k in range(0, len(work), 8 * args.batch)]
        batches = [chunk[k : k + args.batch] for chunk in chunks for k in range(0, len(chunk), args.batch)]
        random.shuffle(batches)
        sums = [0.0] * 4
        for at, part in enumerate(batches):
            loss, parts = loss_of(reader, part, (1.0, 1.0, 0.5, 0.8))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            sums = [a + b for a, b in zip(sums, parts)]
            if at % 100 == 99:
                told = " ".join(f"{name} {value / (at + 1):.4f}" for name, value in zip(("goal", "evidence", "pairs", "states"), sums))
                print(f"epoch {epoch + 1}, {at + 1} of {len(batches)}: {told}  {time.time() - began:.0f} s", flush=True)
        save(reader, start, args.out)
        if held:
            evaluate_on(reader, items, held, title=f"epoch {epoch + 1}, fold {args.fold}")


def shown(item):
    """A note as it is shown this time: one in six in smaller windows."""
    size = random.choice((160, 224, 320)) if random.random() < 1 / 6 else data.WINDOW
    return item if len(item["note"].pieces) <= size else rewindowed(item, size)


def save(reader, start, path):
    torch.save({"state": reader.state_dict(), "layers": start["layers"], "inner": start["inner"]}, path)


if __name__ == "__main__":
    main()
