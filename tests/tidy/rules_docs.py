"""Rules on documents and on the tree as a whole."""

import posixpath
import re

MARKDOWN_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
UNNUMBERED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
# Joined from halves, so that this file does not hold the words that it refuses.
PLACES = ["/wo" "rk/", "/fa" "rm/", "/ho" "me/[a-z]", "registry" r"\.npmjs", r"registry\.yarn" "pkg", "deb" r"\.debian\.org",
          r"snapshot\.debian" r"\.org", "py" r"pi\.org", "files" r"\.pythonhosted", "proxy" r"\.golang\.org",
          "deb" r"\.nodesource", "crates" r"\.io"]
PLACE = re.compile("|".join(PLACES))
README_LINES = 15


def prose(text):
    """Markdown without its code: same lines, code blanked."""
    blanked = FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    blanked = re.sub(r"^(    |\t).*$", "", blanked, flags=re.M)
    return re.sub(r"`[^`\n]*`", lambda m: " " * len(m[0]), blanked)


def folder_readmes(tree):
    found = []
    for folder in sorted({p.split("/")[1] for p in tree.paths("src/")}):
        readme = f"src/{folder}/README.md"
        if readme not in tree.files:
            found.append(f"{readme}:1: is missing: what lives here, what may not, where to start")
        elif tree.text(readme).count("\n") > README_LINES:
            found.append(f"{readme}:1: more than {README_LINES} lines")
    return found


def one_title(tree):
    found = []
    for path in tree.paths("", (".md",)):
        # Fenced code goes, indented code stays: a title is never indented.
        titles = re.findall(r"^# .+", FENCE.sub("", tree.text(path)), re.M)
        if path.startswith("changes/"):
            continue
        if len(titles) != 1:
            found.append(f"{path}:1: has {len(titles)} titles, not one")
    return found


def links_resolve(tree):
    folders = {posixpath.dirname(p) for p in tree.files}
    folders |= {"/".join(f.split("/")[:n]) for f in folders for n in range(1, f.count("/") + 1)} | {""}
    found = []
    for path in tree.paths("", (".md",)):
        text = prose(tree.text(path))
        for match in MARKDOWN_LINK.finditer(text):
            target = match[1].split("#")[0]
            if not target or re.match(r"[a-z]+:", target):
                continue
            full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).rstrip("/")
            if full not in tree.files and full.removeprefix(".") not in folders and full not in tree.unread:
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path}:{line}: {match[1]} leads nowhere")
    return found


NAMED_PATH = re.compile(r"`((?:src|tests|docs|cmake|config|scripts|migrations|fuzz|bench|controls)/[\w./-]*)`")


def named_paths(tree):
    """A path that a document names in code marks is there; NAME and NNNN stand for any."""
    everything = set(tree.files) | tree.unread
    everything |= {"/".join(p.split("/")[:n]) for p in everything for n in range(1, p.count("/") + 1)}
    found = []
    for path in tree.paths("", (".md",)):
        for match in NAMED_PATH.finditer(tree.text(path)):
            name = match[1].rstrip("/.")
            if not re.search(r"NAME|NNNN", name) and name not in everything:
                line = tree.text(path).count("\n", 0, match.start()) + 1
                found.append(f"{path}:{line}: {match[1]} is not there")
    return found


def unfinished_work(tree):
    found = []
    for path in tree.files:
        if path.startswith(("tests/tidy/", "docs/")) or path in ("package-lock.json", "CONTRIBUTING.md", "LICENSE"):
            continue
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if UNNUMBERED.search(line):
                found.append(f"{path}:{number}: unfinished work needs the number of an issue: TODO(#12)")
    return found


def no_places(tree):
    """A build must not lean on one machine's paths or one network's registries."""
    found = []
    for path in tree.files:
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if PLACE.search(line):
                found.append(f"{path}:{number}: names a machine's path or a registry's host")
    return found


RULES = {"folder_readmes": folder_readmes, "one_title": one_title, "links_resolve": links_resolve,
         "named_paths": named_paths,
         "unfinished_work": unfinished_work, "no_places": no_places}
