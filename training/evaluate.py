"""Scores as `eval/score.py` does: goals by overlap, missing flags, states on matched goals."""

from collections import Counter, defaultdict


def match(gold, found):
    pairs = []
    for g, (a0, a1, _) in enumerate(gold):
        for f, (b0, b1, _) in enumerate(found):
            shared = min(a1, b1) - max(a0, b0)
            if shared * 2 >= min(a1 - a0, b1 - b0) > 0:
                pairs.append((-shared, g, f))
    tg, tf, out = set(), set(), []
    for _, g, f in sorted(pairs):
        if g not in tg and f not in tf:
            tg.add(g), tf.add(f), out.append((g, f))
    return out


def f1(c):
    p = c["hit"] / (c["hit"] + c["extra"]) if c["hit"] + c["extra"] else 1.0
    r = c["hit"] / (c["hit"] + c["lost"]) if c["hit"] + c["lost"] else 1.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def score(notes, found):
    """`found`: by name, [(start, end, [3 states])]. By kind of note and in all: goals, flags, state accuracy."""
    sums = defaultdict(lambda: (Counter(), Counter(), Counter()))
    for note in notes:
        own = found[note.name]
        pairs = match(note.labels, own)
        for key in (note.name[0], "all"):
            goals, flags, states = sums[key]
            goals.update(hit=len(pairs), lost=len(note.labels) - len(pairs), extra=len(own) - len(pairs))
            for g, f in pairs:
                for want, got in zip(note.labels[g][2], own[f][2]):
                    states.update(right=want == got, all=1)
                    if want == 0 or got == 0:
                        flags["hit" if want == got else "lost" if want == 0 else "extra"] += 1
            hit_g, hit_f = {g for g, _ in pairs}, {f for _, f in pairs}
            flags["lost"] += sum(s == 0 for g, goal in enumerate(note.labels) if g not in hit_g for s in goal[2])
            flags["extra"] += sum(s == 0 for f, goal in enumerate(own) if f not in hit_f for s in goal[2])
    return {key: (f1(g), f1(fl), s["right"] / s["all"] if s["all"] else 1.0) for key, (g, fl, s) in sums.items()}


def show(title, figures):
    print(title)
    for key in sorted(figures, key=lambda k: (k == "all", k)):
        g, fl, s = figures[key]
        print(f"  {key:4} goals P {g[0]:.3f} R {g[1]:.3f} F1 {g[2]:.3f}   flags P {fl[0]:.3f} R {fl[1]:.3f} F1 {fl[2]:.3f}   states {s:.3f}", flush=True)
