"""Chooses the word pieces that the reader knows: those of the labelled notes, then the most common of MiniLM's own.
`python vocabulary.py MODEL_FOLDER NOTES_FOLDER > vocabulary.txt`"""

import collections
import re
import sys
import unicodedata
from pathlib import Path

SIZE = 8000
# MiniLM's vocabulary begins with its own marks and single characters; words follow, the most frequent first.
FIRST_WORD = 1996


def words(text):
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+|[^\w\s]|_", text)


def pieces(word, known):
    out, at = [], 0
    while at < len(word):
        for end in range(len(word), at, -1):
            piece = word[at:end] if at == 0 else "##" + word[at:end]
            if piece in known:
                out.append(piece)
                at = end
                break
        else:
            return []
    return out


def main():
    vocabulary = [line for line in (Path(sys.argv[1]) / "vocab.txt").read_text().split("\n") if line]
    known = set(vocabulary)
    count = collections.Counter()
    for note in sorted(Path(sys.argv[2]).glob("*.md")):
        for word in words(note.read_text()):
            count.update(pieces(word, known))
    keep = {"[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"}
    single = lambda piece: len(piece.replace("##", "")) == 1 and (ord(piece[-1]) < 0x250 or piece in "€£—–…’“”•→×·")
    keep |= {piece for piece in vocabulary if single(piece)}
    # A piece that stands in one note only teaches nothing.
    keep |= {piece for piece, times in count.items() if times >= 2}
    for piece in vocabulary[FIRST_WORD:]:
        if len(keep) >= SIZE:
            break
        if re.fullmatch(r"(##)?[a-z]+", piece):
            keep.add(piece)
    print("\n".join(piece for piece in vocabulary if piece in keep))


if __name__ == "__main__":
    main()
