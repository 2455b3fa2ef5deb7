"""What the rules look at: every file that git tracks or would track, read once."""

import functools
import pathlib
import re
import subprocess

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s"]*)\((?P<raw>.*?)\)(?P=mark)"|"""
    r""""(?P<text>(?:\\.|[^"\\\n])*)"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""", re.S)
TEXT_SUFFIXES = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".md", ".txt", ".toml", ".cmake", ".json", ".yaml",
                 ".yml", ".sql", ".ts", ".tsx", ".css", ".html", ".service", ".go", ".mod", ".list", ".dict", ""}


class Tree:
    """Files by path, relative to the root. A rule asks for text, code or string literals."""

    def __init__(self, files, unread=()):
        self.files = files
        self.unread = set(unread)   # tracked, but not text: pictures, corpora

    @classmethod
    def of_checkout(cls, root):
        listed = subprocess.run(["git", "-c", f"safe.directory={root}", "-C", root, "ls-files", "-z", "--cached",
                                 "--others", "--exclude-standard"], check=True, capture_output=True).stdout
        files, unread = {}, []
        for name in sorted(set(listed.decode().split("\0")) - {""}):
            path = pathlib.Path(root, name)
            if path.suffix in TEXT_SUFFIXES and path.is_file():
                content = path.read_bytes()
                files[name] = "" if b"\0" in content[:4096] else content.decode("utf-8", "replace")
            else:
                unread.append(name)
        return cls(files, unread)

    def paths(self, prefix="", suffixes=(".cpp", ".hpp")):
        return [p for p in self.files if p.startswith(prefix) and p.endswith(tuple(suffixes))]

    def text(self, path):
        return self.files[path]

    def code(self, path):
        """The C++ of a file with comments, strings and character literals blanked; lines stay."""
        return split(self.files[path])[0]

    def strings(self, path):
        """[(line, content)] of the string literals."""
        return split(self.files[path])[1]

    def allowed(self, name):
        """The paths of tests/tidy/allowed/NAME.txt."""
        rows = self.files.get(f"tests/tidy/allowed/{name}.txt", "").splitlines()
        return [row.split("#")[0].strip() for row in rows if row.split("#")[0].strip()]


@functools.lru_cache(maxsize=None)
def split(text):
    strings, out, end = [], [], 0
    for token in TOKEN.finditer(text):
        out.append(text[end:token.start()])
        end = token.end()
        content = token["raw"] if token["raw"] is not None else token["text"]
        if content is not None:
            strings.append((text.count("\n", 0, token.start()) + 1, content))
        blank = re.sub(r"[^\n]", " ", token[0])
        # An include keeps its path: the rules on includes need it.
        out.append(token[0] if content is not None and out[-1].endswith("#include ") else blank)
    out.append(text[end:])
    return "".join(out), tuple(strings)


def is_test(path):
    return path.endswith("_test.cpp") or "/testing/" in path or path.startswith(("tests/", "bench/", "fuzz/"))


def matches(tree, paths, pattern, message):
    """Findings for each line of code that holds the pattern."""
    found, compiled = [], re.compile(pattern)
    for path in paths:
        code = tree.code(path)
        for match in compiled.finditer(code):
            found.append(f"{path}:{line_of(code, match.start())}: {message}")
    return found


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
