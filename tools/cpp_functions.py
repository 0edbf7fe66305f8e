"""Finds the functions of a C++ file and their lengths, without a compiler.

Only definitions at file, namespace or class scope count; a lambda counts to the function it is in. A length
runs from the first line of the declaration to the closing brace.
"""

import re
from typing import NamedTuple

LITERALS = re.compile(
    r"""
      //[^\n]*(?:\\\n[^\n]*)*                                     # line comment
    | /\*.*?\*/                                                   # block comment
    | R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"                # raw string
    | "(?:\\.|[^"\\\n])*"                                         # string
    | (?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'                         # character, but not a digit separator
    """,
    re.VERBOSE | re.DOTALL,
)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)
SCOPE = re.compile(r"(?:\b(?:namespace|class|struct|union|enum)\b|\bextern\s*$)")
INITIALISERS = re.compile(r"\)\s*(?:noexcept\s*(?:\([^()]*\))?\s*)?:(?!:)")
WORDS_BEFORE_BODY = {"const", "noexcept", "override", "final", "mutable", "try"}


class Function(NamedTuple):
    name: str
    line: int
    lines: int


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def strip_literals(text):
    """The text with comments and literals blanked; every line keeps its place."""
    return LITERALS.sub(blank, text)


def outside_parentheses(header):
    """The header with everything inside (), [] blanked."""
    depth, out = 0, []
    for char in header:
        if char in ")]":
            depth -= 1
        out.append(char if depth <= 0 else " ")
        if char in "([":
            depth += 1
    return "".join(out)


def kind_of_brace(header):
    """What a `{` after `header` opens at namespace or class scope: "scope", "function" or "initialiser"."""
    flat = outside_parentheses(header.replace("\n", " ")).rstrip()
    flat = re.sub(r"\boperator\s*(?:\(\s*\)|[^\s(]+)", "operator_", flat)
    flat = re.sub(r"\btemplate\s*<.*?>\s*(?=\w)", "", flat)
    flat = re.sub(r"\b(?:alignas|__attribute__)\s*\([^()]*\)", "", flat)
    last_word = re.search(r"(\w+)$", flat)
    if INITIALISERS.search(flat):
        names_member = flat.endswith(">") or (last_word and last_word[1] not in WORDS_BEFORE_BODY)
        return "initialiser" if names_member else "function"
    if re.search(r"(?<![=!<>])=(?!=)", flat):
        is_lambda = re.search(r"=\s*\[\s*\]\s*(\(\s*\))?", flat)
        return "function" if is_lambda else "initialiser"
    if SCOPE.search(flat) and "(" not in flat:
        return "scope"
    if re.search(r"\brequires\s*$", flat):
        return "initialiser"
    if "(" in flat:
        return "function"
    return "scope" if SCOPE.search(flat) else "initialiser"


def name_of(header):
    flat = outside_parentheses(header)
    match = re.search(r"([\w:~]+)\s*\(", flat)
    if not match:
        return " ".join(header.split())[:40]
    name = match[1]
    if re.fullmatch(r"(TYPED_)?TEST(_[FP])?|RC_GTEST_PROP|BENCHMARK\w*", name):
        arguments = header[header.index("(") + 1 :].split(")")[0]
        return f"{name}({' '.join(arguments.split())})"
    return name


def closing_brace(code, start):
    """The place of the brace that closes the one at `start`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(code) - 1


def functions_in(text):
    """All functions of a file, in order."""
    code = PREPROCESSOR.sub(blank, strip_literals(text))
    found, header_start, place, parentheses = [], 0, 0, 0
    while place < len(code):
        char = code[place]
        if char in "()":
            parentheses += 1 if char == "(" else -1
        elif parentheses > 0:
            pass  # a brace or semicolon among arguments ends nothing
        elif char in ";}":
            header_start = place + 1
        elif char == ":" and code[place + 1] != ":" and re.search(r"\b(public|private|protected)\s*$", code[header_start:place]):
            header_start = place + 1
        elif char == "{":
            header = code[header_start:place]
            kind = kind_of_brace(header)
            if kind == "scope":
                header_start = place + 1
            else:
                end = closing_brace(code, place)
                if kind == "function":
                    begin = header_start + len(header) - len(header.lstrip())
                    first = code.count("\n", 0, begin) + 1
                    last = code.count("\n", 0, end) + 1
                    found.append(Function(name_of(header), first, last - first + 1))
                    header_start = end + 1
                place = end
        place += 1
    return found
