#!/usr/bin/env python3
"""Runs the examples of README.md and docs/guides as a reader would.

usage: run_examples.py PROGRAM REPOSITORY

Every line of a ```sh block that starts with `build/regulars` runs, in the order of the page, in a folder
with a small simulated shop's orders.csv, customers.csv and products.csv, analysed once. Each must succeed. YAML blocks
with `classes:` are RFM definitions and are given to --rfm; those that begin with `# PATH.yaml` are files of a project in
the same folder. The reference of projects must name every key that the loader reads. Relative links of the pages must exist.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def run(words, folder):
    result = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120)
    if result.returncode == 0:
        return True
    print(f"FAILED ({result.returncode}): {shlex.join(words)}\n{result.stdout}{result.stderr}")
    return False


def prepare(program, folder):
    shop = ["simulate", ".", "--preset", "coffee", "--customers", "300", "--seed", "5"]
    for words in (shop, ["analyze", "orders.csv"]):
        subprocess.run([program, *words], cwd=folder, check=True, capture_output=True)


def examples(text):
    for language, body in BLOCK.findall(text):
        if language == "sh":
            for line in body.splitlines():
                if line.startswith("build/regulars"):
                    yield "command", line
        elif language == "yaml" and "classes:" in body:
            yield "rfm", body
        elif language == "yaml" and body.startswith("# ") and body.split("\n")[0].endswith(".yaml"):
            yield "file", body


def check_page(program, repository, page):
    good = 0
    bad = 0
    text = page.read_text()
    for target in LINK.findall(text):
        if not (page.parent / target).exists():
            print(f"FAILED: {page.relative_to(repository)} links to {target}, which is not there")
            bad += 1
    with tempfile.TemporaryDirectory() as folder:
        prepare(program, folder)
        for kind, body in examples(text):
            if kind == "file":
                path = pathlib.Path(folder, body.split("\n")[0][2:])
                path.parent.mkdir(exist_ok=True)
                path.write_text(body)
                continue
            if kind == "rfm":
                pathlib.Path(folder, "example.yaml").write_text(body)
                words = [program, "analyze", "orders.csv", "--rfm", "example.yaml"]
            else:
                words = [program, *shlex.split(body)[1:]]
            if run(words, folder):
                good += 1
            else:
                bad += 1
    return good, bad


def keys_left_out(repository):
    """Keys that the loader asks for and the reference does not name."""
    asked = re.compile(r"\.(?:text|texts|value|required|choice|share|days|whole|truth|months)\(\s*\"([a-z_]+)\"")
    keys = set()
    for path in (repository / "src" / "project").glob("read_*.cpp"):
        keys |= set(asked.findall(path.read_text()))
    page = (repository / "docs" / "reference" / "project.md").read_text()
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    return sorted(keys - named), len(keys)


def main():
    program, repository = sys.argv[1], pathlib.Path(sys.argv[2])
    good = 0
    bad = 0
    left_out, keys = keys_left_out(repository)
    if left_out or keys < 40:
        print(f"FAILED: docs/reference/project.md names {keys} keys but for: {', '.join(left_out)}")
        bad += 1
    pages = [repository / "README.md", repository / "docs" / "reference" / "project.md"]
    for page in [*pages, *sorted((repository / "docs" / "guides").glob("*.md"))]:
        passed, failed = check_page(program, repository, page)
        good += passed
        bad += failed
    print(f"{good} passed, {bad} failed")
    return 1 if bad or good < 10 else 0


sys.exit(main())
