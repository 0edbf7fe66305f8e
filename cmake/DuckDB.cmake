# DuckDB::duckdb: DuckDB's C API, as tools/setup.sh leaves it in ${REGULARS_DEPS_DIR}/duckdb. Targets that link
# it carry the library's folder as run path, so a program runs from the build folder as it is.
set(duckdb_header ${REGULARS_DEPS_DIR}/duckdb/include/duckdb.h)
set(duckdb_library ${REGULARS_DEPS_DIR}/duckdb/lib/libduckdb.so)
if(NOT EXISTS ${duckdb_header} OR NOT EXISTS ${duckdb_library})
  message(FATAL_ERROR "DuckDB is not in ${REGULARS_DEPS_DIR}/duckdb. Run tools/setup.sh, which installs it.")
endif()

add_library(DuckDB::duckdb SHARED IMPORTED GLOBAL)
set_target_properties(DuckDB::duckdb PROPERTIES
  IMPORTED_LOCATION ${duckdb_library}
  IMPORTED_SONAME libduckdb.so
  INTERFACE_INCLUDE_DIRECTORIES ${REGULARS_DEPS_DIR}/duckdb/include)
