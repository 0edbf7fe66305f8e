#include "app/demo_project.h"

#include "app/demo_texts.h"
#include "app/project_shop.h"

namespace regulars::app {
namespace {

constexpr const char* kSettings = "regulars.yaml";

// The line that begins with `key` (blanks before it count) says `value` instead.
void set_line(std::string& text, const std::string& key, const std::string& value) {
  const size_t at = text.find("\n" + key);
  if (at == std::string::npos) return;
  const size_t begin = at + 1 + key.size();
  text.replace(begin, text.find('\n', begin) - begin, " " + value);
}

std::string settings_for(std::string text, const simulate::ShopSpec& spec) {
  set_line(text, "zone:", spec.zone);
  set_line(text, "currency:", spec.currency);
  set_line(text, "kind_of_shop:", spec.preset);
  set_line(text, "  customers:",
           "{kind: customers, files: data/customers.csv, date: " + to_iso(spec.to) + "}");
  return text;
}

}  // namespace

Result<void> check_demo_folder(const std::string& directory, Files& files) {
  const bool project = files.exists(directory + "/" + kSettings);
  if (!project || files.is_directory(directory + "/data/truth")) return {};
  return Error(ErrorCode::kUsage, "there is a project in " + directory + " that no demo made",
               "Name another folder: regulars demo DIR.");
}

Result<void> write_demo_project(const std::string& directory, const simulate::ShopSpec& spec,
                                Files& files) {
  for (const char* old : {"", ".wal"}) {
    const std::string path = database_path(directory) + old;
    if (files.exists(path)) REGULARS_TRY(files.remove(path));
  }
  for (const DemoText& text : demo_texts()) {
    std::string written(text.text);
    if (text.path == kSettings) written = settings_for(std::move(written), spec);
    REGULARS_TRY(files.write(directory + "/" + std::string(text.path), written));
  }
  return {};
}

}  // namespace regulars::app
