"""The reader's network: MiniLM's layers, narrowed, with what stands around each word added to its embedding, and three
heads: goal spans, evidence, and which sentence says what of which goal."""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, POSITIONS = 384, 12, 512
# Units of a feed-forward layer as MiniLM has them.
INNER = 1536
# What stands around a piece, with how many values each has: form, zone, side, quoted, task, labelled, depth, and
# whether it is inside a sentence, first of a sentence or first of a line. The same order as in the reader's Rust.
AROUND = (4, 10, 3, 2, 4, 2, 8, 3)
RULE_BITS = 11
PAIR_WIDTH, PAIR_HEADS, PAIR_LAYERS = 128, 4, 2
# Log-odds of a piece, for each qualifier: no evidence, asked, vague, answered.
EVIDENCE = 12


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask, drop):
        return self.forwarded(self.attended(x, mask, drop), drop)

    def attended(self, x, mask, drop):
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.out(y.transpose(1, 2).reshape(b, n, width))
        return self.norm1(x + F.dropout(y, drop, self.training))

    def forwarded(self, x, drop):
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(y, drop, self.training))


class Reader(nn.Module):
    def __init__(self, words, layers, pair_features, inner):
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.around = nn.ModuleList(nn.Embedding(count, WIDTH) for count in AROUND)
        self.rules = nn.Linear(RULE_BITS, WIDTH, bias=False)
        for part in [*self.around, self.rules]:
            nn.init.zeros_(part.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, inner) for _ in range(layers))
        self.goal = nn.Linear(WIDTH, 3)
        self.evidence = nn.Linear(WIDTH, EVIDENCE)
        # Mean and maximum of the pieces' encodings; of sentences also the maximum of what each piece is evidence of.
        self.of_sentence = nn.Linear(2 * WIDTH + EVIDENCE, 2 * PAIR_WIDTH)
        self.of_goal = nn.Linear(2 * WIDTH, 2 * PAIR_WIDTH)
        self.of_pair = nn.Linear(pair_features, PAIR_WIDTH)
        # Sentences see each other, once for each goal: an answer takes its question's place.
        self.among = nn.ModuleList(Layer(PAIR_WIDTH, PAIR_HEADS, 2 * PAIR_WIDTH) for _ in range(PAIR_LAYERS))
        self.decide = nn.Linear(PAIR_WIDTH, 9)
        nn.init.constant_(self.decide.bias, -4.0)
        self.drop = 0.1

    @staticmethod
    def pretrained(folder, vocabulary, layers, pair_features):
        """Starts from all-MiniLM-L6-v2's weights; of its vocabulary only the given pieces."""
        state = load_file(Path(folder) / "model.safetensors")
        lines = {piece: at for at, piece in enumerate((Path(folder) / "vocab.txt").read_text().split("\n"))}
        reader = Reader(len(vocabulary), layers, pair_features, INNER)
        emb = "embeddings."
        with torch.no_grad():
            reader.words.weight.copy_(state[emb + "word_embeddings.weight"][[lines[piece] for piece in vocabulary]])
            reader.positions.weight.copy_(state[emb + "position_embeddings.weight"] + state[emb + "token_type_embeddings.weight"][0])
            reader.norm.weight.copy_(state[emb + "LayerNorm.weight"])
            reader.norm.bias.copy_(state[emb + "LayerNorm.bias"])
            for of, layer in enumerate(reader.layers):
                get = lambda name, kind: state[f"encoder.layer.{of}.{name}.{kind}"]
                for kind in ("weight", "bias"):
                    getattr(layer.qkv, kind).copy_(torch.cat([get(f"attention.self.{n}", kind) for n in ("query", "key", "value")]))
                    getattr(layer.out, kind).copy_(get("attention.output.dense", kind))
                    getattr(layer.norm1, kind).copy_(get("attention.output.LayerNorm", kind))
                    getattr(layer.up, kind).copy_(get("intermediate.dense", kind))
                    getattr(layer.down, kind).copy_(get("output.dense", kind))
                    getattr(layer.norm2, kind).copy_(get("output.LayerNorm", kind))
        return reader

    def embed(self, batch):
        n = batch["pieces"].shape[1]
        x = self.words(batch["pieces"]) + self.positions(torch.arange(n))
        shown = batch["shown"]
        for at, (part, values) in enumerate(zip(self.around, batch["around"].unbind(-1))):
            # Where a sentence begins is always shown.
            x = x + (part(values) if at == len(AROUND) - 1 else part(values) * shown[:, None, None])
        x = x + self.rules(batch["rules"])
        return F.dropout(self.norm(x), self.drop, self.training)

    def encode(self, batch):
        """Encodings of the pieces, (notes, pieces, WIDTH)."""
        x = self.embed(batch)
        mask = batch["mask"][:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        return x

    def pairs(self, sentences, goals, features):
        """Log-odds against "says nothing", (goals, sentences, 3 qualifiers, asked/vague/answered)."""
        s, s2 = self.of_sentence(sentences).chunk(2, -1)
        g, g2 = self.of_goal(goals).chunk(2, -1)
        hidden = s[None] + g[:, None] + self.of_pair(features) + s2[None] * g2[:, None] / math.sqrt(PAIR_WIDTH)
        hidden = F.dropout(F.gelu(hidden, approximate="tanh"), self.drop, self.training)
        for layer in self.among:
            hidden = layer(hidden, None, self.drop)
        return self.decide(hidden).unflatten(-1, (3, 3))
