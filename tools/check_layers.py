#!/usr/bin/env python3
"""Checks that every module of src/ includes only what it may, and that CMake says the same.

The table below is the only place where the allowed edges are kept. Run without arguments to check the
repository, with --self-test to see that each kind of mistake is caught.
"""

import pathlib
import re
import sys
import tempfile

CORE = ["base", "data", "evaluate", "language", "definitions"]
RULES = ["segments", "loyalty", "decide", "privacy"]

# module -> modules it may include besides itself, in the order of the house, lowest first.
ALLOWED = {
    "base": [],
    "data": ["base"],
    "sql": ["base"],
    "evaluate": ["data", "base"],
    "language": ["evaluate", "data", "base"],
    "definitions": ["language", "evaluate", "data", "base"],
    "models": ["data", "base"],
    "experiments": ["data", "base"],
    "segments": CORE,
    "loyalty": CORE,
    "decide": CORE,
    "privacy": CORE,
    "simulate": ["data", "base"],
    "connect": ["sql", "data", "base"],
    "store": ["sql", "data", "base"],
    "live": ["segments", "loyalty", "decide", "store", *CORE],
    "project": CORE,
    "kernel": ["models", *CORE],
    "report": ["segments", "models", "loyalty", "experiments", "data", "base"],
    "access": ["store", "base"],
    "app": [
        *CORE, *RULES, "sql", "models", "experiments", "simulate", "connect", "store", "live", "project",
        "kernel", "report", "access",
    ],
    "server": ["app", "access", "base"],
    "cli": ["app", "access", "base"],
    "python": ["kernel", "app", "base"],
}

# Foreign headers that only some modules may see: (pattern, modules, what to do instead).
FOREIGN = [
    (r"duckdb\.h", {"sql"}, "use the wrapper in src/sql"),
    (r"libpq-fe\.h", {"connect"}, "use connect/read_postgres.h or write_postgres.h"),
    (r"CLI/.*", {"cli"}, "command lines are parsed in src/cli"),
    (r"iostream", {"cli", "server"}, "return a result; only the edges print"),
    (r"fstream", {"base"}, "use base/files.h"),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
MODULE_CALL = re.compile(r"regulars_module\s*\(([^)]*)\)")
KEYWORDS = {"SOURCES", "DEPENDS", "LINK", "TESTS", "TEST_LINK"}


def closure(module, direct):
    """All modules reachable from `module` over the edges `direct`."""
    seen, waiting = set(), list(direct.get(module, []))
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting.extend(direct.get(other, []))
    return seen


def declared_depends(cmake_text):
    """What a CMakeLists.txt says after DEPENDS, by module."""
    result = {}
    text = re.sub(r"#.*", "", cmake_text)
    for call in MODULE_CALL.findall(text):
        words = call.split()
        current, depends = None, []
        for word in words[1:]:
            if word in KEYWORDS:
                current = word
            elif current == "DEPENDS":
                depends.append(word)
        result[words[0]] = depends
    return result


def check_include(src, module, path, quote, name, line):
    """The problem with one include, or None; and the module it reaches, or None."""
    where = f"{path.relative_to(src.parent)}:{line}"
    if quote == "<":
        if not path.stem.endswith("_test"):
            for pattern, modules, instead in FOREIGN:
                if re.fullmatch(pattern, name) and module not in modules:
                    return f"{where}: {module} may not include <{name}>: {instead}", None
        return None, None
    if ".." in name.split("/") or "/" not in name:
        return f'{where}: write "{name}" as "module/file.h", from src/', None
    other = name.split("/")[0]
    if other not in ALLOWED:
        return f'{where}: "{name}" names no module of the house; foreign headers go in <>', None
    if not (src / name).is_file():
        return f'{where}: "{name}" does not exist', None
    if other != module and other not in ALLOWED[module]:
        may = ", ".join(ALLOWED[module]) or "nothing"
        return f'{where}: {module} may not include {other} ("{name}"); it may include {may}', None
    return None, (other if other != module else None)


def check_table(allowed):
    """The table itself must be without cycles."""
    return [f"the table of allowed includes has a cycle through {m}" for m in allowed if m in closure(m, allowed)]


def check(root):
    """All problems of the repository at `root`, as lines of text."""
    src = root / "src"
    problems = check_table(ALLOWED)
    depends, used = {}, {}
    for folder in sorted(p for p in src.iterdir() if p.is_dir()):
        module = folder.name
        if module not in ALLOWED:
            problems.append(f"src/{module}: no such module in the table of tools/check_layers.py")
            continue
        used[module] = {}
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".h", ".cpp")):
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                problem, other = check_include(src, module, path, match[1], match[2], line)
                if problem:
                    problems.append(problem)
                if other:
                    used[module].setdefault(other, f"{path.relative_to(root)}:{line}")
        cmake = folder / "CMakeLists.txt"
        if cmake.is_file():
            depends.update(declared_depends(cmake.read_text(encoding="utf-8")))

    for module, others in depends.items():
        for other in others:
            if module in ALLOWED and other not in ALLOWED[module]:
                problems.append(f"src/{module}/CMakeLists.txt: DEPENDS {other} is not allowed")
            elif other not in used.get(module, {}):
                problems.append(f"src/{module}/CMakeLists.txt: DEPENDS {other}, but no file of it includes {other}")
    for module, others in used.items():
        if module not in depends:
            continue  # an executable, say; its includes were checked above
        reachable = closure(module, depends)
        for other, where in sorted(others.items()):
            if other not in reachable:
                problems.append(f"{where}: {module} includes {other}, which its CMake DEPENDS does not reach")
    return problems


def self_test():
    """Builds small wrong repositories and sees that each is refused for the right reason."""
    good = {
        "base/result.h": "",
        "base/CMakeLists.txt": "regulars_module(base SOURCES result.cpp)",
        "data/history.h": '#include "base/result.h"\n#include <vector>\n',
        "data/CMakeLists.txt": "regulars_module(data SOURCES history.cpp\n  DEPENDS base)",
        "evaluate/plan.h": '#include "data/history.h"\n#include "base/result.h"\n',
        "evaluate/CMakeLists.txt": "regulars_module(evaluate SOURCES plan.cpp DEPENDS data)",
    }
    cases = [
        ({}, None),
        ({"base/bad.h": '#include "data/history.h"\n'}, "base may not include data"),
        ({"data/bad.h": '#include "base/none.h"\n'}, "does not exist"),
        ({"data/bad.h": '#include "history.h"\n'}, 'as "module/file.h"'),
        ({"data/bad.h": '#include "../base/result.h"\n'}, 'as "module/file.h"'),
        ({"data/bad.h": '#include "fmt/format.h"\n'}, "names no module"),
        ({"data/bad.cpp": "#include <iostream>\n"}, "only the edges print"),
        ({"evaluate/bad.cpp": "  #  include <duckdb.h>\n"}, "wrapper in src/sql"),
        ({"extra/a.h": ""}, "no such module"),
        ({"data/CMakeLists.txt": "regulars_module(data SOURCES history.cpp)"}, "does not reach"),
        ({"base/CMakeLists.txt": "regulars_module(base DEPENDS data)"}, "DEPENDS data is not allowed"),
        ({"data/history.h": "", "data/bad.h": ""}, "no file of it includes base"),
    ]
    failures = 0
    for changes, expected in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**good, **changes}.items():
                path = root / "src" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            problems = check(root)
        caught = not problems if expected is None else any(expected in p for p in problems)
        if not caught:
            failures += 1
            print(f"self-test: with {changes} expected {expected!r}, got {problems}")
    if not check_table({"a": ["b"], "b": ["a"]}):
        failures += 1
        print("self-test: a cycle in the table was not seen")
    print(f"check_layers self-test: {len(cases) + 1 - failures} of {len(cases) + 1} as expected")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    problems = check(pathlib.Path(__file__).resolve().parent.parent)
    for problem in problems:
        print(problem)
    print(f"check_layers: {len(problems)} problem(s)" if problems else "check_layers: every include is allowed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
