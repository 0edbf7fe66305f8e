#include <optional>
#include <utility>

#include "connect/delimited_rows.h"
#include "connect/foreign_formats.h"
#include "connect/json_rows.h"
#include "connect/parquet_rows.h"
#include "connect/rows.h"
#include "connect/source_bytes.h"
#include "connect/workbook_rows.h"

namespace regulars::connect {

Result<std::unique_ptr<RowReader>> open_rows(const std::string& path, Files& files,
                                             const RowHints& hints) {
  REGULARS_ASSIGN(SourceBytes source, open_source(path, files));
  if (looks_like_parquet(source)) return open_parquet(std::move(source), files, hints);
  if (looks_like_workbook(source)) return open_workbook(std::move(source), hints);
  if (std::optional<Error> foreign = find_foreign_format(source)) return *std::move(foreign);
  if (looks_like_json(source)) return open_json(std::move(source));
  return open_delimited(std::move(source), hints);
}

}  // namespace regulars::connect
