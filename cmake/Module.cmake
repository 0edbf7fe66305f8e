# regulars_module(NAME SOURCES a.cpp ... [DEPENDS base data ...] [LINK lib ...] [TESTS a_test.cpp ...] [TEST_LINK lib ...])
#
# One static library `regulars_NAME` per folder of src/, and one test program `NAME_test` from the unit
# tests that sit beside the code. DEPENDS are modules of ours, LINK are foreign libraries.
function(regulars_module NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK;TESTS;TEST_LINK" ${ARGN})
  set(library regulars_${NAME})
  add_library(${library} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND regulars_)
  target_link_libraries(${library} PUBLIC ${ARG_DEPENDS} PRIVATE regulars_options ${ARG_LINK})
  target_include_directories(${library} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  if(REGULARS_TESTS AND ARG_TESTS)
    regulars_test(${NAME}_test SOURCES ${ARG_TESTS} LINK ${library} ${ARG_LINK} ${ARG_TEST_LINK})
  endif()
endfunction()

# regulars_test(NAME [WHOLE] SOURCES a_test.cpp ... LINK lib ...)
#
# A GoogleTest program that ctest runs case by case, so that a failed or skipped case is seen by name. With WHOLE
# ctest runs it as one test: for programs whose cases share a fixture that is dear to make.
# The tests find the repository in REGULARS_SOURCE_DIR and the build folder in REGULARS_BINARY_DIR.
function(regulars_test NAME)
  cmake_parse_arguments(ARG "WHOLE" "" "SOURCES;LINK" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${NAME} ${ARG_SOURCES})
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${NAME} PRIVATE regulars_options ${ARG_LINK} GTest::gtest GTest::gtest_main)
  regulars_quick_to_compile(${NAME})
  if(ARG_WHOLE)
    # Programs that run as one test take longest: they begin first, so that none is left alone at the end.
    add_test(NAME ${NAME} COMMAND ${NAME})
    set_tests_properties(${NAME} PROPERTIES TIMEOUT 600 COST 100
      ENVIRONMENT "REGULARS_SOURCE_DIR=${CMAKE_SOURCE_DIR};REGULARS_BINARY_DIR=${CMAKE_BINARY_DIR}")
  else()
    gtest_discover_tests(${NAME} TEST_PREFIX "${NAME}." DISCOVERY_TIMEOUT 60
      PROPERTIES TIMEOUT 300
      # Two properties, because discovery cannot pass on a list as the value of one.
      ENVIRONMENT REGULARS_SOURCE_DIR=${CMAKE_SOURCE_DIR}
      ENVIRONMENT_MODIFICATION REGULARS_BINARY_DIR=set:${CMAKE_BINARY_DIR})
  endif()
endfunction()

# With clang and sanitizers, as CI has it, most of the time goes into compiling tests. Their own code need not be fast (what they test is
# optimised as always), and all of them read the same headers, which are compiled once. Other builds do without, so that
# a header that a test forgot to include is found there.
function(regulars_quick_to_compile NAME)
  if(NOT REGULARS_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    return()
  endif()
  if(NOT TARGET test_headers)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cpp CONTENT "")
    add_library(test_headers STATIC ${CMAKE_BINARY_DIR}/test_headers.cpp)
    target_link_libraries(test_headers PRIVATE regulars_options GTest::gtest)
    target_compile_options(test_headers PRIVATE -O0 -pthread)
    target_compile_options(test_headers PRIVATE "SHELL:-Xclang -fno-pch-timestamp")  # for ccache
    target_precompile_headers(test_headers PRIVATE
      <gtest/gtest.h> <algorithm> <functional> <map> <memory> <optional> <set> <string> <string_view> <vector>)
  endif()
  target_compile_options(${NAME} PRIVATE -O0 -pthread)  # as test_headers
  target_precompile_headers(${NAME} REUSE_FROM test_headers)
endfunction()

# regulars_bench(NAME SOURCES a.cpp ... LINK lib ...)
#
# A benchmark program, left in bench-programs/ of the build folder, where tools/bench.sh finds it. It takes
# `--size small|full` and prints a line of JSON per figure (docs/benchmarks.md).
function(regulars_bench NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(bench_${NAME} ${ARG_SOURCES})
  set_target_properties(bench_${NAME} PROPERTIES
    OUTPUT_NAME ${NAME} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench-programs)
  target_link_libraries(bench_${NAME} PRIVATE regulars_options ${ARG_LINK})
endfunction()
