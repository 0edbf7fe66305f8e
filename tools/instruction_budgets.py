#!/usr/bin/env python3
"""tools/instruction_budgets.py [BUILD_FOLDER] [--renew]

Counts with callgrind the instructions of a few kernels (bench/budgets/kernels.cpp) and compares them with
bench/budgets/budgets.json: more than 3 % above a budget fails, more than 5 % below asks for a new one. Instructions do not
depend on how busy the machine is, so a slow-down shows on any. --renew writes what was counted as the new budgets.

The budgets are of one compiler; with another one the counts are shown and nothing fails.
"""
import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUDGETS = os.path.join(ROOT, "bench", "budgets", "budgets.json")
KERNELS = ["batch", "one_customer", "after_event", "next_change", "live_next_change", "history", "csv"]
MOST_ABOVE = 0.03
MOST_BELOW = 0.05


def fail(message):
    print(f"instruction_budgets: {message}", file=sys.stderr)
    sys.exit(1)


def compiler_of(build):
    """The build's compiler by name and main version: "GNU 12"."""
    folder = os.path.join(build, "CMakeFiles")
    for version in sorted(os.listdir(folder), reverse=True):
        path = os.path.join(folder, version, "CMakeCXXCompiler.cmake")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            name = re.search(r'CMAKE_CXX_COMPILER_ID "(\w+)"', text).group(1)
            return name + " " + re.search(r'CMAKE_CXX_COMPILER_VERSION "(\d+)', text).group(1)
    fail(f"{build} names no compiler")


def instructions(program, kernel):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no",
               "--toggle-collect=counted_kernel", program, kernel]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found or int(found.group(1)) == 0:
        fail(f"{kernel} could not be counted:\n{run.stderr[-2000:]}")
    return int(found.group(1))


def main():
    arguments = [a for a in sys.argv[1:] if a != "--renew"]
    build = os.path.join(ROOT, arguments[0] if arguments else "build")
    program = os.path.join(build, "bench", "budgets", "instruction_kernels")
    if not shutil.which("valgrind"):
        fail("there is no valgrind; run tools/setup.sh --checks")
    if not os.path.exists(program):
        fail(f"there is no {program}; run make test")
    compiler = compiler_of(build)
    counted = {kernel: instructions(program, kernel) for kernel in KERNELS}
    if "--renew" in sys.argv:
        with open(BUDGETS, "w", encoding="utf-8") as file:
            json.dump({"compiler": compiler, "instructions": counted}, file, indent=2)
            file.write("\n")
    with open(BUDGETS, encoding="utf-8") as file:
        budgets = json.load(file)

    above, below = [], []
    for kernel, count in counted.items():
        budget = budgets["instructions"].get(kernel)
        if budget is None:
            fail(f"{kernel} has no budget; tools/instruction_budgets.py --renew")
        change = count / budget - 1
        print(f"{kernel:16} {count:>13,} instructions, budget {budget:>13,}: {100 * change:+.2f} %")
        if change > MOST_ABOVE:
            above.append(kernel)
        if change < -MOST_BELOW:
            below.append(kernel)
    if compiler != budgets["compiler"]:
        print(f"instruction_budgets: built with {compiler}, the budgets are of {budgets['compiler']}: not compared")
        return
    if below:
        print(f"instruction_budgets: {', '.join(below)} got faster; keep it with tools/instruction_budgets.py --renew")
    if above:
        fail(f"{', '.join(above)} is more than {100 * MOST_ABOVE:.0f} % above its budget. If it is meant, renew the "
             "budgets with tools/instruction_budgets.py --renew and say why in the commit.")


main()
