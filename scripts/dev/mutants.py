"""Reads tests/prove/mutants/mutants.txt (described in the README beside it)."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


def as_pattern(text):
    """The same words and signs with any space and line break between them, as a formatter may set them."""
    parts = re.findall(r"\w+|[^\w\s]", text)
    pattern = re.escape(parts[0])
    for before, part in zip(parts, parts[1:]):
        both_words = re.match(r"\w", before[-1]) and re.match(r"\w", part)
        pattern += (r"\s+" if both_words else r"\s*") + re.escape(part)
    return re.compile(pattern)


class Mutant:
    def __init__(self, name):
        self.name, self.edits, self.program, self.test = name, [], "", ""

    def misfits(self, root=ROOT):
        """Why it cannot be made of these sources; nothing when it can."""
        if not self.edits or not self.test:
            return f"{self.name} has no edit or no test"
        for path, old, _ in self.edits:
            file = root / path
            count = len(as_pattern(old).findall(file.read_text())) if file.exists() else 0
            if count != 1:
                return f"{self.name}: {path} holds {old!r} {count} times"
        return None

    def mutated(self, root):
        """{path: text} of the changed files."""
        texts = {}
        for path, old, new in self.edits:
            text = texts.get(path) or (root / path).read_text()
            texts[path] = as_pattern(old).sub(lambda _, new=new: new, text)
        return texts


def parse(text):
    mutants, path, old = [], "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, value = line.strip().partition(" ")
        if word == "mutant":
            mutants.append(Mutant(value))
        elif word == "in":
            path = value
        elif word == "from":
            old = value
        elif word == "to":
            mutants[-1].edits.append((path, old, value))
        elif word == "by":
            mutants[-1].program, mutants[-1].test = value.split(" ")
        else:
            raise ValueError(f"line {number}: a mutant has no {word!r}")
    return mutants


def load():
    return parse((ROOT / "tests" / "prove" / "mutants" / "mutants.txt").read_text())
