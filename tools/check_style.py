#!/usr/bin/env python3
"""Checks the house's limits and habits over all files that git tracks.

Fails on: files over 800 and functions over 100 lines, left-over notes to self, tabs, trailing space, characters
outside ASCII in code and comments, printing or exiting outside the edges, clocks and environment where they do
not belong, names of package registries or of folders of one machine. Lists files over 400 and functions over
70 lines. Run with --self-test to see that each kind of mistake is caught.
"""

import ast
import pathlib
import re
import subprocess
import sys
import tempfile

import cpp_functions

FILE_LISTED, FILE_FAILS = 400, 800
FUNCTION_LISTED, FUNCTION_FAILS = 70, 100

CODE = {".h", ".cpp", ".py", ".sh", ".cmake", ".js", ".mjs", ".ts", ".css"}
CPP = {".h", ".cpp"}
EDGES = ("src/cli/", "src/server/", "src/python/")
NOT_READ = re.compile(
    r"(^|/)tests/data/|^LICENSE$|\.(png|jpg|svg|gz|zst|parquet|xlsx|woff2?|ico)$")
NOT_OURS = re.compile(r"(\.git|\.deps|\.cache|build|build-[^/]*|regulars-report|demo-shop)/|(.*/)?__pycache__/")
GENERATED = "@generated"

# Put together so that this file does not match itself.
NOTES = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
REGISTRIES = re.compile(
    "|".join(["registry" + r"\.npmjs", "npm" + r"js\.(com|org)", "py" + r"pi\.(org|io)", "files" + r"\.pythonhosted",
              "deb" + r"\.debian\.org", "crates" + r"\.io", "proxy" + r"\.golang"]))
MACHINE = re.compile(r"(?<![\w.])/(" + "wor" + r"k|root|home)/|\.\./" + "shared")
MACHINE_ALLOWED = {"tools/data_dir.sh"}

PRINTING = re.compile(
    r"\bfmt::print(ln)?\s*\(|\bstd::(cout|cerr|clog)\b|(?<![\w:.>])(?:std::)?(?:f?printf|puts|putchar|exit|_Exit|quick_exit|abort|terminate)\s*\(")
CLOCKS = re.compile(r"\b(?:system_clock|steady_clock|high_resolution_clock)::now\b|(?<![\w:.>])(?:std::)?time\s*\(\s*(?:nullptr|NULL|0)\s*\)")
OPENING = re.compile(r"(?<![\w:.>])(?:std::|::)?(?:fopen|freopen)\s*\(|\bstd::[iof]*fstream\b")
ENVIRONMENT = re.compile(r"\bgetenv\s*\(")
RANDOM = re.compile(r"\bstd::(?:random_device|mt19937(?:_64)?|rand)\b")


def line_of(text, place):
    return text.count("\n", 0, place) + 1


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield cpp_functions.Function(node.name, node.lineno, node.end_lineno - node.lineno + 1)


def check_lengths(name, text, report):
    lines = text.count("\n")
    if lines > FILE_FAILS:
        report.fail(f"{name}: {lines} lines; the limit is {FILE_FAILS}. Split it by what it does")
    elif lines > FILE_LISTED:
        report.note(f"{name}: {lines} lines")
    suffix = pathlib.PurePath(name).suffix
    if suffix in CPP:
        functions = cpp_functions.functions_in(text)
    elif suffix == ".py":
        functions = python_functions(text)
    else:
        functions = []
    for function in functions:
        where = f"{name}:{function.line}: {function.name} has {function.lines} lines"
        if function.lines > FUNCTION_FAILS:
            report.fail(f"{where}; the limit is {FUNCTION_FAILS}")
        elif function.lines > FUNCTION_LISTED:
            report.note(where)


def check_characters(name, text, report):
    """Tabs, trailing space and line ends; ASCII in code and comments (text shown to people may be UTF-8)."""
    is_make = pathlib.PurePath(name).name == "Makefile"
    for number, line in enumerate(text.split("\n"), start=1):
        if line.endswith("\r"):
            report.fail(f"{name}:{number}: Windows line end")
        elif line != line.rstrip() and not name.endswith(".md"):
            report.fail(f"{name}:{number}: trailing space")
        if "\t" in line and not is_make:
            report.fail(f"{name}:{number}: tab")
    if text and not text.endswith("\n"):
        report.fail(f"{name}: no line end at the end")
    if pathlib.PurePath(name).suffix in CPP:
        without_strings = re.sub(
            r'//[^\n]*|/\*.*?\*/|R"([^\s()\\]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"',
            lambda m: m[0] if m[0].startswith("/") else cpp_functions.blank(m), text, flags=re.DOTALL)
        for match in re.finditer(r"[^\x00-\x7f]", without_strings):
            report.fail(f"{name}:{line_of(text, match.start())}: {match[0]!r} is not ASCII, outside a string")


def check_words(name, text, report):
    for match in NOTES.finditer(text):
        report.fail(f"{name}:{line_of(text, match.start())}: {match[0]} left over; do it, or write an issue")
    for match in REGISTRIES.finditer(text):
        report.fail(f"{name}:{line_of(text, match.start())}: names a package registry ({match[0]})")
    if name not in MACHINE_ALLOWED:
        for match in MACHINE.finditer(text):
            report.fail(f"{name}:{line_of(text, match.start())}: names a folder of one machine ({match[0]})")


def check_habits(name, text, report):
    """What only some folders of src/ may do. Tests may do it too."""
    if not name.startswith("src/") or name.endswith(("_test.cpp", "_test.h")) or "/testing/" in name:
        return
    code = cpp_functions.strip_literals(text)
    rules = []
    if not name.startswith(EDGES):
        rules.append((PRINTING, "only the edges print and exit; return a Result"))
        rules.append((ENVIRONMENT, "only the edges read the environment"))
    if not name.startswith("src/base/"):
        rules.append((CLOCKS, "time is a parameter; clocks are in base/clock.h"))
        rules.append((OPENING, "files go through base/files.h"))
        rules.append((RANDOM, "randomness comes from base/random.h, with a seed"))
    for pattern, why in rules:
        for match in pattern.finditer(code):
            report.fail(f"{name}:{line_of(code, match.start())}: {match[0].strip()}: {why}")


class Report:
    def __init__(self):
        self.failures, self.notes = [], []

    def fail(self, message):
        self.failures.append(message)

    def note(self, message):
        self.notes.append(message)


def check_file(name, text, report):
    if GENERATED in text[:500]:
        return
    check_words(name, text, report)
    path = pathlib.PurePath(name)
    if path.suffix in CODE or path.name in ("CMakeLists.txt", "Makefile", "run"):
        check_characters(name, text, report)
        check_lengths(name, text, report)
    if path.suffix in CPP:
        check_habits(name, text, report)


def tracked_files(root):
    """What git tracks, or without git (an unpacked archive) every file outside the folders that a build makes."""
    if (root / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            return [name for name in listed.stdout.split("\0") if name]
    names = (str(path.relative_to(root)) for path in sorted(root.rglob("*")) if path.is_file())
    return [name for name in names if not NOT_OURS.match(name)]


def check(root):
    report = Report()
    for name in tracked_files(root):
        path = root / name
        if NOT_READ.search(name) or not path.is_file() or path.is_symlink():
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            report.fail(f"{name}: not UTF-8 text (binary files belong to tests/data/)")
            continue
        check_file(name, text, report)
    return report


def long_function(lines, opening="int f(int a = 3) {"):
    return opening + "\n" + "  g();\n" * (lines - 2) + "}\n"


def self_test_cases():
    """(file name, text, part of the expected failure or None, part of the expected note or None)"""
    body = "  g();\n" * 120
    return [
        ("src/data/a.cpp", "int x = 1;\n", None, None),
        ("src/data/a.cpp", "int x;\n" * 801, "801 lines", None),
        ("src/data/a.cpp", "int x;\n" * 401, None, "401 lines"),
        ("src/data/a.cpp", long_function(101), "f has 101 lines", None),
        ("src/data/a.cpp", long_function(71), None, "f has 71 lines"),
        ("src/data/a.cpp", long_function(70), None, None),
        ("src/data/a.cpp", "namespace a {\nclass B : public C {\n public:\n" + long_function(101, "void f() const {") + "};\n}\n",
         "f has 101 lines", None),
        ("src/data/a.cpp", "class alignas(8) B : public ::c::C {\n public:\n" + long_function(101, "void f() {") + "};\n",
         "f has 101 lines", None),
        ("src/data/a.cpp", long_function(101, "A::A(int x) : a_{x}, b_(x), c_<int>{1} {"), "A::A has 101 lines", None),
        ("src/data/a.cpp", long_function(101, "bool operator==(const A& a, const A& b) {"), "has 101 lines", None),
        ("src/data/a.cpp", long_function(101, "TEST(Suite, Name) {"), "TEST(Suite, Name) has 101 lines", None),
        ("src/data/a.cpp", long_function(101, "auto f(std::vector<int> v = {}) -> std::vector<int> {"), "f has 101", None),
        ("src/data/a.cpp", long_function(101, "template <typename T, typename U = int>\nvoid f(T t)\n  requires C<T> {"), "has 103", None),
        ("src/data/a.cpp", "namespace a {\n" + "int x;\n" * 120 + "}\n", None, None),
        ("src/data/a.cpp", "constexpr int kA[] = {\n" + "1,\n" * 120 + "};\n" + long_function(5), None, None),
        ("src/data/a.cpp", 'auto s = R"x(\nint f() {\n' + body + ')x";\n', None, None),
        ("src/data/a.cpp", "char c = '{'; // int f() {\nint x = 1'000;\n" + long_function(101), "f has 101 lines", None),
        ("tools/a.py", "def f():\n" + "    g()\n" * 100, "f has 101 lines", None),
        ("src/data/a.cpp", "// TO" + "DO later\n", "left over", None),
        ("src/data/a.cpp", "\tint x;\n", "tab", None),
        ("src/data/a.cpp", "int x; \n", "trailing space", None),
        ("src/data/a.cpp", "int x;", "no line end", None),
        ("src/data/a.cpp", "// caf\u00e9\n", "not ASCII", None),
        ("src/data/a.cpp", 'auto s = "caf\u00e9";\n', None, None),
        ("src/data/a.cpp", "std::cout << 1;\n", "only the edges print", None),
        ("src/data/a.cpp", "fmt::print(x);\n", "only the edges print", None),
        ("src/data/a.cpp", "auto f = std::fopen(p, m);\n", "base/files.h", None),
        ("src/data/a.cpp", "std::ifstream f(p);\n", "base/files.h", None),
        ("src/data/a.cpp", "std::exit(1);\n", "only the edges print", None),
        ("src/data/a.cpp", 'auto s = "printf(";  // exit(1)\nx.exit(1);\n', None, None),
        ("src/cli/a.cpp", "std::cout << 1;\n", None, None),
        ("src/data/a.cpp", "auto t = std::chrono::system_clock::now();\n", "time is a parameter", None),
        ("src/data/a.cpp", "std::mt19937 g;\n", "with a seed", None),
        ("src/data/a.cpp", "auto p = std::getenv(name);\n", "environment", None),
        ("docs/a.md", "see https://npm" + "js.org\n", "package registry", None),
        ("docs/a.md", "see .." + "/shared/data\n", "folder of one machine", None),
        ("docs/a.md", "see /wor" + "k/main\n", "folder of one machine", None),
        ("docs/a.md", "see docs/work/main\n", None, None),
    ]


def self_test():
    failures = 0
    cases = self_test_cases()
    for name, text, failure, note in cases:
        report = Report()
        check_file(name, text, report)
        right_failure = any(failure in f for f in report.failures) if failure else not report.failures
        right_note = any(note in n for n in report.notes) if note else True
        if not (right_failure and right_note):
            failures += 1
            print(f"self-test: {name} {text[:60]!r}: expected {failure!r} and {note!r}, "
                  f"got {report.failures} and {report.notes}")
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "bad.cpp").write_text("\tint x;\n", encoding="utf-8")
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "bad.cpp"], check=True)
        (root / "untracked.cpp").write_text("\tint x;\n", encoding="utf-8")
        if len(check(root).failures) != 1:
            failures += 1
            print("self-test: expected the tab in the one tracked file, and no other")
    print(f"check_style self-test: {len(cases) + 1 - failures} of {len(cases) + 1} as expected")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    report = check(pathlib.Path(__file__).resolve().parent.parent)
    if report.notes:
        print(f"long, but allowed ({len(report.notes)}):")
        for note in report.notes:
            print(f"  {note}")
    for failure in report.failures:
        print(failure)
    print(f"check_style: {len(report.failures)} problem(s)" if report.failures else "check_style: no problem")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
