"""Rules on the C++: who includes whom, sizes, and words that have a better replacement."""

import re

from tree import is_test, line_of, matches

# HOUSE 1.2: a folder may include only these (and itself). A path names a part of a folder.
MAY_INCLUDE = {
    "base": [],
    "domain": ["base"],
    "sql": ["base"],
    "ports": ["base", "domain"],
    "security": ["base", "ports"],
    "storage": ["base", "domain", "sql", "security"],
    "app": ["base", "domain", "ports", "security", "storage"],
    "net": ["base"],
    "adapters": ["base", "domain", "ports", "net"],
    "api": ["base", "domain", "security", "storage/transaction", "app", "net"],
    "ui": ["base", "domain", "security", "storage/transaction", "app", "net"],
    "worker": ["base", "app", "ports", "storage", "security"],
    "verify": ["base", "security/audit", "security/crypto"],
}
SEES_ALL = {"main", "cli"}
INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
HEADER_LINES, SOURCE_LINES, FUNCTION_LINES, TEST_LINES = 250, 600, 60, 100


def include_direction(tree):
    found = []
    for path in tree.paths("src/"):
        folder = path.split("/")[1]
        if folder in SEES_ALL:
            continue
        if folder not in MAY_INCLUDE:
            found.append(f"{path}:1: src/{folder} has no row in the table of who may include whom")
            continue
        for match in INCLUDE.finditer(tree.code(path)):
            target = match[1]
            if not target_is_ours(tree, target) or target.startswith(folder + "/"):
                continue
            if not may_include(folder, target, is_test(path)):
                line = line_of(tree.code(path), match.start())
                found.append(f"{path}:{line}: src/{folder} may not include {target}")
    return found


def target_is_ours(tree, target):
    return "/" in target and any(p.startswith(f"src/{target.split('/')[0]}/") for p in tree.files)


def may_include(folder, target, in_test):
    if any(target == part or target.startswith((part + "/", part + ".")) for part in MAY_INCLUDE[folder]):
        return True
    # Tests may also use what stands above their folder in the tree, to set the scene.
    above = list(MAY_INCLUDE)[:list(MAY_INCLUDE).index(folder)]
    return in_test and target.split("/")[0] in above


def sizes(tree):
    found = []
    for path in tree.paths("src/"):
        lines, limit = tree.text(path).count("\n"), HEADER_LINES if path.endswith(".hpp") else SOURCE_LINES
        if lines > limit:
            found.append(f"{path}:{lines}: more than {limit} lines: find the noun hiding in it")
    return found


# A line that opens a function's body: it ends in `{`, and its parentheses close before it.
OPENS_BODY = re.compile(r"\)[\w\s:&>,<*().\[\]{}-]*\{$")
NOT_FUNCTION = re.compile(r"^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|catch|try|return)\b")


def function_sizes(tree):
    found = []
    for path in tree.paths("src/"):
        limit = TEST_LINES if is_test(path) else FUNCTION_LINES
        for start, length, name in functions(tree.code(path).splitlines()):
            if length > limit:
                found.append(f"{path}:{start}: {name} has {length} lines, more than {limit}")
    return found


def functions(lines):
    """(first line, length, text) of bodies that begin at the indentation of a function or a method."""
    number = 0
    while number < len(lines):
        line = lines[number]
        indent = len(line) - len(line.lstrip())
        if indent <= 4 and OPENS_BODY.search(line.rstrip()) and not NOT_FUNCTION.match(line):
            closing = re.compile(r"^ {0,%d}\}" % indent)
            end = next((n for n in range(number + 1, len(lines)) if closing.match(lines[n])), None)
            if end is not None:
                yield number + 1, end - number + 1, line.strip()[:60]
                number = end
        number += 1


# rule: (pattern, message, folders it applies to, paths it does not apply to)
BANNED = {
    "clock": (r"\b(system_clock::now|gettimeofday)\b|\bstd::time\(|[^\w.]time\(nullptr\)",
              "take a Clock (base/clock.hpp)", "src/", ("src/base/clock",)),
    "random": (r"\b(rand|srand|random)\(|\bstd::mt19937|\brandom_device\b|\bRAND_bytes\(|\brandombytes_buf\(",
               "take random bytes from base/random.hpp", "src/", ("src/base/random",)),
    "output": (r"\bstd::(cout|cerr|clog)\b|\b(printf|fprintf|puts)\(", "write to the log (base/log.hpp)",
               "src/", ("src/cli/", "src/main/", "src/verify/", "src/base/log.cpp", "src/base/assert.cpp")),
    "memcmp": (r"\bmemcmp\(", "use constant_time_equal (base/bytes.hpp)", "src/security/", ()),
    "detach": (r"\bdetach\(\)", "a thread is joined by its owner", "src/", ()),
    "system": (r"(?<![\w.:>])(std::)?system\(|\bpopen\(", "no shell", "src/", ()),
    "assert": (r"(?<!_)\bassert\(|#include <cassert>", "use ASSERT (base/assert.hpp)", "src/", ()),
    "namespace_std": (r"\busing namespace std\s*;", "name what is used", "src/", ()),
    "asio": (r"\basio::|#include <boost/(asio|beast)", "Asio stays in src/net", "src/", ("src/net/",)),
}


def banned(name):
    pattern, message, prefix, exempt = BANNED[name]

    def rule(tree):
        paths = [p for p in tree.paths(prefix) if not p.startswith(exempt)]
        if name != "asio":
            paths = [p for p in paths if not is_test(p)]
        return matches(tree, paths, pattern, message)
    return rule


# What only listed files may do; tests/tidy/allowed/NAME.txt only shrinks.
LISTED = {
    "catch_all": (r"catch \(\.\.\.\)", "`catch (...)` needs a row, with the reason, in"),
    "expose": (r"\bexpose\(\)", "a Secret is opened here without a row in"),
    "reveal": (r"\breveal\(\)", "Sensitive data is opened here without a row in"),
    "log_text": (r"\b(log::)?LogText[({]", "free text is logged here without a row in"),
}
DECLARED_IN = {"src/base/secret.hpp", "src/base/sensitive.hpp", "src/base/log.hpp"}


def listed(name):
    pattern, message = LISTED[name]

    def rule(tree):
        allowed = tree.allowed(name)
        paths = [p for p in tree.paths("src/") if not is_test(p) and p not in DECLARED_IN]
        there = f"tests/tidy/allowed/{name}.txt"
        found = matches(tree, [p for p in paths if p not in allowed], pattern, f"{message} {there}")
        for path in allowed:
            if path not in tree.files or not re.search(pattern, tree.code(path)):
                found.append(f"{there}:1: {path} does not need its row any more: remove it")
        return found
    return rule


SQL = re.compile(r"\b(SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|(CREATE|ALTER|DROP)\s+(TABLE|INDEX)\b"
                 r"|PRAGMA\s+\w|select\s.*\sfrom\s|insert\s+into\s|delete\s+from\s)", re.S)
SQL_LIVES_IN = ("src/storage/tables/", "src/sql/")


def sql_in_its_place(tree):
    found = []
    for path in tree.paths("src/"):
        if path.startswith(SQL_LIVES_IN) or is_test(path):
            continue
        found += [f"{path}:{line}: SQL stands in src/storage/tables only"
                  for line, text in tree.strings(path) if SQL.search(text)]
    return found


def dead_files(tree):
    """A header that no other module includes, and a folder that no build file names."""
    found, includers = [], {}
    for path in tree.paths("", (".cpp", ".hpp")):
        for match in INCLUDE.finditer(tree.code(path)):
            near = f"{path.rsplit('/', 1)[0]}/{match[1]}"
            includers.setdefault(near if near in tree.files else f"src/{match[1]}", set()).add(path)
    build = tree.files.get("CMakeLists.txt", "") + tree.files.get("cmake/programs.cmake", "")
    allowed = tree.allowed("private_headers")
    found += [f"tests/tidy/allowed/private_headers.txt:1: {p} is not there" for p in allowed if p not in tree.files]
    for path in tree.paths("src/"):
        folder, stem = path.split("/")[1], re.sub(r"(_test)?\.(cpp|hpp)$", "", path)
        if not re.search(rf"sealbook_folder\({folder}\s|src/{folder}/", build):
            found.append(f"{path}:1: nothing builds src/{folder}")
        if path.endswith(".hpp") and path not in allowed:
            others = {p for p in includers.get(path, ()) if p not in (f"{stem}.cpp", f"{stem}_test.cpp")}
            if not others:
                found.append(f"{path}:1: no other file includes it")
        elif path in allowed and not includers.get(path):
            found.append(f"{path}:1: not even its own source includes it")
    return found


ENUMS = ("ErrorCode", "Permission", "AuditAction")


def enums_used(tree):
    found, allowed = [], tree.allowed("not_used_yet")
    for name in ENUMS:
        home = next((p for p in tree.paths("src/") if re.search(rf"enum class {name}\b[^;]*\{{", tree.code(p))), None)
        if home is None:
            continue
        body = re.search(rf"enum class {name}\b[^;{{]*\{{([^}}]*)\}}", tree.code(home))[1]
        members = re.findall(r"(?:^|,)\s*([a-z]\w*)", body)
        stem = home.removesuffix(".hpp")
        elsewhere = "\n".join(tree.code(p) for p in tree.paths("src/")
                              if not is_test(p) and p not in (home, f"{stem}.cpp"))
        used = set(re.findall(rf"\b{name}::(\w+)", elsewhere))
        for member in members:
            row = f"{name}::{member}"
            if member not in used and row not in allowed and member != "none":
                found.append(f"{home}:1: {row} is not used")
            if member in used and row in allowed:
                found.append(f"tests/tidy/allowed/not_used_yet.txt:1: {row} is used now: remove its row")
    return found


RULES = {"include_direction": include_direction, "sizes": sizes, "function_sizes": function_sizes,
         **{f"banned_{name}": banned(name) for name in BANNED},
         **{f"listed_{name}": listed(name) for name in LISTED},
         "sql_in_its_place": sql_in_its_place, "dead_files": dead_files, "enums_used": enums_used}
