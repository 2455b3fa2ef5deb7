"""For each rule a tree with one planted violation, which must be found, and nothing else with it."""

import rules_code
import rules_docs
from tree import Tree

BUILD = {"CMakeLists.txt": "sealbook_folder(base \nsealbook_folder(app \nsealbook_folder(net \nsealbook_folder(security \n"
                           "sealbook_folder(api \nsealbook_folder(storage \nsealbook_folder(domain \n"}
# A long text that a scanner of single lines would not see through.
LONG_BODY = "int f(int a) {\n" + "  ++a;\n" * 70 + "  return a;\n}\n"

PLANTED = {
    "include_direction": {"src/domain/x.cpp": '#include "storage/y.hpp"\n', "src/storage/y.hpp": "\n"},
    "sizes": {"src/base/long.hpp": "\n" * 251},
    "function_sizes": {"src/base/x.cpp": LONG_BODY},
    "banned_clock": {"src/app/x.cpp": "auto t = std::chrono::system_clock::now();\n"},
    "banned_random": {"src/app/x.cpp": "std::mt19937 engine;\n"},
    "banned_output": {"src/app/x.cpp": 'void f() { std::cout << "x"; }\n'},
    "banned_memcmp": {"src/security/x.cpp": "bool b = std::memcmp(a, c, 4) == 0;\n"},
    "banned_detach": {"src/app/x.cpp": "void f() { thread.detach(); }\n"},
    "banned_system": {"src/app/x.cpp": 'int i = system("ls");\n'},
    "banned_assert": {"src/app/x.cpp": "void f() { assert(true); }\n"},
    "banned_namespace_std": {"src/app/x.cpp": "using namespace std;\n"},
    "banned_asio": {"src/app/x.cpp": "asio::io_context io;\n"},
    "listed_catch_all": {"src/app/x.cpp": "void f() try { g(); } catch (...) {}\n"},
    "listed_expose": {"src/app/x.cpp": "auto v = key.expose();\n"},
    "listed_reveal": {"src/app/x.cpp": "auto v = name.reveal();\n"},
    "listed_log_text": {"src/app/x.cpp": "auto v = log::LogText(name);\n"},
    "sql_in_its_place": {"src/app/x.cpp": 'auto q = R"(SELECT id\n FROM patients)";\n'},
    "dead_files": {"src/base/lonely.hpp": "\n", "src/base/lonely.cpp": '#include "base/lonely.hpp"\n'},
    "enums_used": {"src/base/error_codes.hpp": "enum class ErrorCode : int {\n  invalid,\n};\n",
                   "src/base/x.cpp": '// ErrorCode::invalid\n#include "base/error_codes.hpp"\n'},
    "folder_readmes": {"src/base/x.cpp": "\n"},
    "one_title": {"docs/x.md": "# One\n\n```\n# no title\n```\n\n# Two\n"},
    "links_resolve": {"docs/x.md": "# One\n\n[gone](gone.md)\n"},
    "named_paths": {"docs/x.md": "# One\n\nSee `src/gone/x.hpp`.\n"},
    "unfinished_work": {"src/base/x.cpp": "// TO" "DO: later\n"},
    "no_places": {"cmake/x.cmake": "set(source https://registry" ".npmjs.org/x)\n"},
}

# What looks like a violation and is none.
INNOCENT = {
    "src/base/secret.hpp": "",
    "src/app/README.md": "# app\n\n[base](../base/secret.hpp) and [the docs](../../docs)\n",
    "src/base/README.md": "# base\n",
    "src/app/x.cpp": '#include "base/secret.hpp"\n// SELECT a FROM b; std::cout; system("x"); expose()\n'
                     'auto t = "asio:: and std::cout are words here";\nint big = 1\'000\'000;\n'
                     'auto p = "Select a time from the list";\n',
    "src/app/x_test.cpp": '#include "base/secret.hpp"\nstd::mt19937 engine;\nauto k = key.expose();\n',
    "docs/x.md": "# One\n\nTO" "DO is a word here, and `[no](link.md)` is code; `src/base/secret.hpp`, `tests/NAME/run`.\n",
}

ALL = {**rules_code.RULES, **rules_docs.RULES}


def cases():
    """(case, None or why it failed)."""
    for name, rule in ALL.items():
        planted = PLANTED.get(name)
        if planted is None:
            yield f"finds_{name}", "no violation is planted for this rule"
            continue
        found = rule(Tree({**BUILD, **planted}))
        yield f"finds_{name}", None if len(found) == 1 else f"found {found} instead of one violation"
    for name, rule in ALL.items():
        found = rule(Tree({**BUILD, **INNOCENT}))
        yield f"spares_the_innocent_{name}", None if not found else f"found {found}"
    for name in rules_code.LISTED:
        tree = Tree({**BUILD, f"tests/tidy/allowed/{name}.txt": "src/app/gone.cpp  # why\n"})
        yield f"list_shrinks_{name}", None if rules_code.listed(name)(tree) else "a row that is not needed stays"
