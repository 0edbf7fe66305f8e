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

# regulars_test(NAME SOURCES a_test.cpp ... LINK lib ...): a GoogleTest program that ctest runs case by case.
function(regulars_test NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  find_package(GTest REQUIRED)
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE regulars_options ${ARG_LINK} GTest::gtest GTest::gtest_main)
  add_test(NAME ${NAME} COMMAND ${NAME})
  set_tests_properties(${NAME} PROPERTIES
    ENVIRONMENT "REGULARS_SOURCE_DIR=${CMAKE_SOURCE_DIR};REGULARS_BINARY_DIR=${CMAKE_BINARY_DIR}")
endfunction()
