# The short way to everything. CMake does the work; this names it. `make` alone lists the targets.
JOBS  ?= $(shell nproc 2>/dev/null || echo 2)
SIZE  ?= small
BENCH ?=

.DEFAULT_GOAL := help
.PHONY: help setup build demo test check tidy bench format seeded-bugs clean

help: ## this list
	@echo "Regulars. Targets:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
	@echo "Variables: JOBS=$(JOBS), and for bench BENCH=NAME SIZE=small|full"

setup: ## install what building and testing needs (the other targets do it themselves)
	@tools/setup.sh

# CMake writes build.ninja; ninja runs CMake again by itself when a CMake file changed, but not for the presets.
build/build.ninja: CMakePresets.json | setup
	@echo "configuring build/"
	@mkdir -p build
	@cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@touch build/build.ninja

build: build/build.ninja ## build the program: build/regulars
	@echo "building build/regulars"
	@cmake --build build --parallel $(JOBS) --target regulars

demo: build ## make a shop with a known truth, analyse it, show the summary and say where the report is
	@build/regulars demo

test: build/build.ninja ## build everything and run all tests
	@echo "building the program and its tests"
	@cmake --build build --parallel $(JOBS)
	@tools/run_tests.sh build $(JOBS)

check: ## static checks: format, allowed includes, style, shell scripts
	@tools/setup.sh --checks
	@tools/check.sh

tidy: ## clang-tidy over the files changed since the last commit; FILES=all for all of them
	@tools/setup.sh --checks
	@tools/tidy.sh $(FILES)

bench: ## build and run the benchmarks, a JSON line per figure
	@tools/setup.sh --bench
	@echo "building the benchmarks in build-bench/"
	@cmake --preset bench >/dev/null
	@cmake --build build-bench --parallel $(JOBS)
	@tools/bench.sh build-bench "$(SIZE)" $(BENCH)

seeded-bugs: setup ## put known mistakes into a copy of the evaluator and see each caught by a test (20 minutes)
	@tools/seeded_bugs.sh $(BUGS)

format: ## rewrite all C++ files in the house's format
	@tools/setup.sh --checks
	@tools/check_format.sh --fix

clean: ## remove the build folders (not .deps, which setup filled)
	rm -rf build build-debug build-asan build-tsan build-clang build-clang-asan build-clang-tsan build-bench
