"""Reads the control catalogue (controls/*.txt, described in controls/README.md).

The program has its own strict reader (src/app/controls/catalogue.cpp); this one serves the scripts.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANY = ("probe", "test", "off")


class Row:
    def __init__(self, control, title, family, priority):
        self.id, self.title, self.family, self.priority = control, title, family, priority
        self.source, self.does, self.shows, self.gap, self.attest = [], "", "", "", ""
        self.probe, self.test, self.off = [], [], []

    def built(self):
        return bool(self.test or self.probe)


class Family:
    def __init__(self, name, title):
        self.name, self.title, self.rows = name, title, []


def parse(text):
    """Families with their rows, in order."""
    families, priority = [], ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        words = line.split()
        if line.startswith("family "):
            families.append(Family(words[1], " ".join(words[3:])))
            priority = words[2]
        elif not line.startswith("  "):
            families[-1].rows.append(Row(words[0], " ".join(words[1:]), words[0].split("-")[0], priority))
        elif words[0] == "source":
            families[-1].rows[-1].source = words[1:]
        elif words[0] in MANY:
            getattr(families[-1].rows[-1], words[0]).append(words[1])
        elif words[0] in ("does", "shows", "gap", "attest", "priority"):
            setattr(families[-1].rows[-1], words[0], line.strip().split(" ", 1)[1])
        else:
            raise ValueError(f"line {number}: a row has no member {words[0]}")
    return families


def load():
    files = sorted((ROOT / "controls").glob("*.txt"))
    return parse("".join(f.read_text() for f in files))


def rows(families):
    return [row for family in families for row in family.rows]


GTEST = re.compile(r"^\s*(TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.M)
# A macro that stands for INSTANTIATE_TEST_SUITE_P(instance, its argument, …).
INSTANCE_MACRO = re.compile(r"#define (\w+)\((\w+)\)[\s\\]*INSTANTIATE_TEST_SUITE_P\((\w+),\s*\2\b")
INSTANCE = re.compile(r"^\s*INSTANTIATE_(?:TYPED_)?TEST_SUITE_P\(\s*(\w+)\s*,\s*(\w+)", re.M)


class Sources:
    """The names of tests that the sources hold, for telling a bound id from an invented one."""

    def __init__(self, root=ROOT):
        self.root = root
        self.plain, self.shaped, self.instances = set(), set(), set()
        macros = {}
        for path in sorted(root.rglob("src/**/*.hpp")):
            macros.update({m[0]: m[2] for m in INSTANCE_MACRO.findall(path.read_text(errors="replace"))})
        for folder in ("src", "tests"):
            for path in sorted((root / folder).rglob("*.cpp")):
                if "compile_fail" not in path.parts:
                    self.read(path.read_text(errors="replace"), macros)

    def read(self, text, macros):
        for kind, suite, name in GTEST.findall(text):
            (self.plain if kind in ("TEST", "TEST_F") else self.shaped).add((suite, name))
        self.instances.update(INSTANCE.findall(text))
        for macro, instance in macros.items():
            self.instances.update((instance, suite) for suite in re.findall(rf"^\s*{macro}\((\w+)\)", text, re.M))

    def why_not(self, test):
        """Nothing when the id can occur in the manifest of proofs, else the reason."""
        if "." in test.rsplit("/", 1)[-1] and not test.startswith("fuzz/") or self.shape(test):
            return self.why_not_gtest(test)
        return self.why_not_scripted(test)

    @staticmethod
    def shape(test):
        """(instance, suite, name) of Instance/Suite.name/parameter."""
        found = re.fullmatch(r"(\w+)/(\w+)(?:/\d+)?\.(\w+)/[\w-]+", test)
        return found.groups() if found else None

    def why_not_gtest(self, test):
        shape = self.shape(test)
        if shape:
            instance, suite, name = shape
            if (suite, name) not in self.shaped:
                return f"no TEST_P({suite}, {name})"
            return None if (instance, suite) in self.instances else f"no instance {instance} of {suite}"
        typed = re.fullmatch(r"(\w+)(?:/\d+)?\.(\w+)", test)
        if not typed:
            return "it has not the form Suite.name"
        where = self.shaped if "/" in test else self.plain
        return None if typed.groups() in where else f"no TEST({typed[1]}, {typed[2]})"

    def why_not_scripted(self, test):
        parts = test.split("/")
        if len(parts) < 2:
            return "it names no suite"
        if parts[0] == "fuzz":
            harness = self.root / "fuzz" / f"{parts[1]}.cpp"
            fits = parts[2:] in ([f"{parts[1]}.finds_nothing"], [f"{parts[1]}.finds_the_planted_bug"])
            return None if fits and harness.exists() else "no such fuzzer, or not a case of one"
        if parts[0] == "compile_fail":
            exists = (self.root / "tests" / "compile_fail" / f"{parts[1]}.cpp").exists()
            return None if exists else "no such file in tests/compile_fail"
        if parts[0] == "prove":
            here, case = self.root / "tests" / "prove", "/".join(parts[2:])
            files = [p for p in here.glob(f"{parts[1]}*") if p.stem == parts[1]]
        else:
            here, case = self.root / "tests", "/".join(parts[1:])
            files = [p for p in here.glob(parts[0]) if p.is_dir()]
        texts = [p for f in files for p in ([f] if f.is_file() else sorted(f.rglob("*"))) if p.is_file()]
        text = "\n".join(p.read_text(errors="replace") for p in texts)
        # Suites put names together (engine, operation, role), so each part is looked for by itself.
        signs = [re.compile(rf"(?<![\w-]){re.escape(part)}(?![\w-])") for part in case.split("/")]
        if case and all(sign.search(text) for sign in signs):
            return None
        return f"nothing in {here.name}/{parts[1] if parts[0] == 'prove' else parts[0]} names the case {case!r}"
