# Warnings are errors with both compilers; floating point follows IEEE, without contraction.
set(REGULARS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them (address,undefined or thread)")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  if(REGULARS_SANITIZE)  # ccache keeps sources that read precompiled headers (Module.cmake) only when it is told so
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  endif()
endif()

add_library(regulars_options INTERFACE)
target_compile_options(regulars_options INTERFACE
  -Wall -Wextra -Werror -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-sign-conversion -ffp-contract=off)
target_include_directories(regulars_options INTERFACE ${CMAKE_SOURCE_DIR}/src)

if(REGULARS_SANITIZE)
  add_compile_options(-fsanitize=${REGULARS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${REGULARS_SANITIZE})
endif()

# GCC 12 reports overlapping copies inside std::string that are not there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(regulars_options INTERFACE -Wno-restrict)
endif()
# clang blames callers of std::stable_sort for what libstdc++ 12 uses inside; g++ still reports deprecated names.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(regulars_options INTERFACE -Wno-deprecated-declarations)
endif()
