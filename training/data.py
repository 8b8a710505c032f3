"""The labelled notes as tensors. A note that is longer than a window is cut between lines,
a line that is longer in its middle."""

import json
from dataclasses import dataclass, field

import torch

from model import RULE_BITS

WINDOW = 512
OVERLAP = 48
QUALIFIERS = ("importance", "cost_of_inaction", "realism")
STATES = ("missing", "asked", "vague", "answered")


@dataclass
class Goal:
    range: tuple
    states: list
    evidence: list  # for each qualifier, the sentences (of the note) that hold it
    pieces: list    # (start, end) in the note's pieces
    served: list = field(default_factory=list)  # (qualifier, state, sentence) by the rules


# Words from this line of the vocabulary on tell what a sentence is about; those before are marks, letters and MiniLM's
# most common words.
TELLING = 426


class Note:
    def __init__(self, row, vocabulary):
        self.name, self.pieces, self.sources = row["name"], row["pieces"], [tuple(s) for s in row["sources"]]
        self.line_of, self.sentence_of, self.rules = row["line_of"], row["sentence_of"], row["rules"]
        self.around, self.lines = row["around"], row["lines"]
        self.rule_goals = [tuple(g) for g in row["rule_goals"]]
        self.tells = [at >= TELLING and not vocabulary[at].startswith("##") for at in self.pieces]
        raw = row["text"].encode()
        n = len(self.pieces)
        self.goal_tags = [0] * n
        self.evidence_tags = [[0, 0, 0] for _ in range(n)]
        self.goals, self.labels = [], []
        served = {}
        # The exporter leaves out goals that stand in no piece; the others keep their order.
        kept = 0
        for g in row["goals"]:
            start, end = g["range"]
            self.labels.append((start, end, g["states"]))
            inside = [at for at, (a, b) in enumerate(self.sources) if a < end and start < b]
            if not inside:
                continue
            goal = Goal((start, end), g["states"], [], (inside[0], inside[-1] + 1))
            goal.served = [(q, s, sentence) for of, q, s, sentence in row["served"] if of == kept]
            kept += 1
            for at in inside:
                self.goal_tags[at] = 1 if at == inside[0] else 2
            for q, (state, text) in enumerate(zip(g["states"], g["evidence"])):
                found = set()
                if state and text:
                    places, at, needle = [], -1, text.encode()
                    while (at := raw.find(needle, at + 1)) >= 0:
                        places.append(at)
                    if places:
                        best = min(places, key=lambda p: abs(p - start))
                        for at, (a, b) in enumerate(self.sources):
                            if a < best + len(needle) and best < b:
                                found.add(self.sentence_of[at])
                                self.evidence_tags[at][q] = max(self.evidence_tags[at][q], state)
                goal.evidence.append(found)
            self.goals.append(goal)
        self.goals.sort(key=lambda goal: goal.pieces)

    def words(self, start, end):
        """The words among some pieces that tell what they are about."""
        return {piece for piece, tells in zip(self.pieces[start:end], self.tells[start:end]) if tells}


def load(path, vocabulary):
    return [Note(json.loads(line), vocabulary) for line in open(path)]


def load_vocabulary(path):
    return [line for line in open(path).read().split("\n") if line]


def windows(note, size=WINDOW):
    """(start, end, own start, own end): a window of pieces, and the part of it that is answered for."""
    n = len(note.pieces)
    if n <= size:
        return [(0, n, 0, n)]
    cuts = [0] + [at for at in range(1, n) if note.line_of[at] != note.line_of[at - 1]] + [n]
    out, own = [], 0
    while own < n:
        room = own + size - 2 * OVERLAP
        ends = [c for c in cuts if own < c <= room]
        end = ends[-1] if ends else min(room, n)
        if n - own <= size - OVERLAP:
            end = n
        out.append((max(0, own - OVERLAP), min(n, end + OVERLAP if end < n else n), own, end))
        own = end
    return out


def encode(note, window):
    start, end = window[:2]
    return {
        "pieces": torch.tensor(note.pieces[start:end]),
        "around": torch.tensor(note.around[start:end]),
        "rules": torch.tensor([[note.rules[at] >> bit & 1 for bit in range(RULE_BITS)] for at in range(start, end)], dtype=torch.float),
        "goal_tags": torch.tensor(note.goal_tags[start:end]),
        "evidence_tags": torch.tensor(note.evidence_tags[start:end]),
    }


def batch(encoded):
    n = max(len(e["pieces"]) for e in encoded)
    out = {"mask": torch.zeros(len(encoded), n, dtype=torch.bool), "shown": torch.ones(len(encoded))}
    for key in encoded[0]:
        rows = []
        for i, e in enumerate(encoded):
            value = e[key]
            out["mask"][i, : len(value)] = True
            pad = torch.full((n - len(value), *value.shape[1:]), -100 if key.endswith("tags") else 0, dtype=value.dtype)
            rows.append(torch.cat([value, pad]))
        out[key] = torch.stack(rows)
    return out


# Pair features, in order; the same list stands in the reader's Rust.
DISTANCE = 8
# Of what the rules attach: to the goal, and to its neighbours.
SERVED = 9
# Of words in common: with the goal, and with its neighbours.
SHARED = 4
PAIR_FEATURES = (2 * DISTANCE + 1) + 12 + 4 + 10 + 4 + 3 + 2 * SERVED + 2 * SHARED + 2
RULES = slice(PAIR_FEATURES - 2 * SERVED - 2 * SHARED - 2, PAIR_FEATURES - 2 * SHARED - 2)
# So many goals before and behind are a goal's neighbours.
NEIGHBOURS = 8


def neighbours(goals, at):
    return goals[max(0, at - NEIGHBOURS) : at] + goals[at + 1 : at + 1 + NEIGHBOURS]


def pair_features(note, at_goal, goals, served, sentences, first_piece):
    """(sentences, PAIR_FEATURES) of one goal. `goals`: all, as (start, end) in pieces, in order, `at_goal` which;
    `served`: what the rules attach to each; `first_piece`: of each sentence."""
    SECTION, PARENT, TURN, PARAGRAPH, CALL, ROW = range(6)
    FORM, ZONE, SIDE, LABELLED = 0, 1, 2, 5
    goal = goals[at_goal]
    ends = dict(zip(sentences, [first_piece[s] for s in sentences[1:]] + [len(note.pieces)]))
    words = [note.words(a, b) for a, b in goals]
    near_words, near_served = neighbours(words, at_goal), set(sum(neighbours(served, at_goal), []))
    g_line = note.line_of[goal[0]]
    g_sentence = note.sentence_of[goal[0]]
    around = lambda line: ancestors(note, line)
    above = around(g_line)
    gl = note.lines[g_line]
    rows = []
    g_lines = {note.line_of[o[0]] for o in goals}
    for s in sentences:
        at = first_piece[s]
        line = note.line_of[at]
        sl = note.lines[line]
        distance = max(-DISTANCE, min(DISTANCE, s - g_sentence))
        row = [0.0] * (2 * DISTANCE + 1)
        row[distance + DISTANCE] = 1.0
        low, high = (goal[1], at) if at >= goal[0] else (at, goal[0])
        between = sum(1 for o in goals if o != goal and low <= o[0] < high)
        own = around(line)
        here = note.around[at]
        row += [
            float(line == g_line), float(s == g_sentence), float(g_line in own), float(line in above),
            float(sl[SECTION] == gl[SECTION]), float(sl[PARAGRAPH] == gl[PARAGRAPH]),
            float(sl[ROW] is not None and sl[ROW] == gl[ROW]), float(sl[TURN] is not None and sl[TURN] == gl[TURN]),
            float(sl[CALL] == gl[CALL]), float(at >= goal[0]), float(line in g_lines), float(here[LABELLED]),
        ]
        row += [float(between == k) for k in range(3)] + [float(between >= 3)]
        row += [float(here[ZONE] == k) for k in range(10)] + [float(here[FORM] == k) for k in range(4)]
        row += [float(here[SIDE] == k) for k in range(3)]
        for attached in (served[at_goal], near_served):
            row += [float((k // 3, k % 3 + 1, s) in attached) for k in range(SERVED)]
        own_words = note.words(at, ends[s])
        shared = len(own_words & words[at_goal])
        with_others = max((len(own_words & w) for w in near_words), default=0)
        for count in (shared, with_others):
            row += [float(min(count, SHARED - 1) == k) for k in range(SHARED)]
        row += [float(shared > with_others), float(shared < with_others)]
        rows.append(row)
    return torch.tensor(rows)


def ancestors(note, line):
    out, at = set(), note.lines[line][1]
    while at is not None and at not in out:
        out.add(at)
        at = note.lines[at][1]
    return out


def folds(notes, count):
    """The fold of each note: spread over the kinds of notes, the same on every run."""
    return {note.name: at % count for at, note in enumerate(sorted(notes, key=lambda note: note.name))}
