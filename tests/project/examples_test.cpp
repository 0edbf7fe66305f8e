// The projects under examples/: they load without a fault, their rules are rules of the language,
// and their sources fit the files that the simulated shops write.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "definitions/definitions.h"
#include "language/parse.h"
#include "language/print.h"
#include "project/project.h"
#include "simulate/tables.h"

namespace regulars::project {
namespace {

std::string example(const std::string& name) {
  const char* root = std::getenv("REGULARS_SOURCE_DIR");
  EXPECT_NE(root, nullptr) << "run by ctest, or set REGULARS_SOURCE_DIR to the repository";
  return std::string(root == nullptr ? "." : root) + "/examples/" + name;
}

// Columns of the file of a simulated shop; none: it writes no such file.
std::set<std::string> columns_of(const std::string& file) {
  std::set<std::string> names;
  for (const simulate::TableSchema& table : simulate::tables()) {
    if ("data/" + std::string(table.file) != file) continue;
    for (const simulate::ColumnSchema& column : table.columns) names.emplace(column.name);
  }
  return names;
}

class Examples : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    Loaded loaded = load_project(example(GetParam()), real_files());
    for (const Error& fault : loaded.faults) ADD_FAILURE() << fault.to_string();
    project_ = std::move(loaded.project);
  }
  Project project_;
};

TEST_P(Examples, RulesAreOfTheLanguage) {
  ASSERT_FALSE(project_.catalogue.segments.empty());
  const auto expect_rule = [](const std::string& name, const std::string& text) {
    const auto tree = language::parse(text);
    ASSERT_TRUE(tree.ok()) << name << ": " << tree.error().to_string();
    const auto again = language::parse(language::print(**tree));
    ASSERT_TRUE(again.ok()) << name;
    EXPECT_TRUE(language::equal(**tree, **again)) << name;
  };
  for (const auto& segment : project_.catalogue.segments) expect_rule(segment.name, segment.rule);
  for (const auto& feature : project_.catalogue.features) {
    expect_rule(feature.name, feature.formula);
  }
}

TEST_P(Examples, SourcesFitTheFilesOfASimulatedShop) {
  for (const SourceDeclaration& source : project_.sources) {
    for (const std::string& file : source.files) {
      const std::set<std::string> columns = columns_of(file);
      ASSERT_FALSE(columns.empty()) << file;
      for (const auto& [field, column] : source.columns) {
        EXPECT_TRUE(columns.contains(column)) << source.name << ": " << column;
      }
      if (!source.type_column.empty()) {
        EXPECT_TRUE(columns.contains(source.type_column)) << source.name;
      }
      const bool day = !source.date.empty() && source.date[0] >= '0' && source.date[0] <= '9';
      if (!source.date.empty() && !day) {
        EXPECT_TRUE(columns.contains(source.date)) << source.name;
      }
      const ReferenceTable* table = project_.facts.table(source.table);
      if (table == nullptr) continue;
      EXPECT_TRUE(columns.contains(table->key)) << source.name;
      for (const FieldDeclaration& field : table->fields) {
        EXPECT_TRUE(columns.contains(field.name)) << source.name << ": " << field.name;
      }
    }
  }
}

// Without any data: what needs some must be legal all the same, and say what it needs.
TEST_P(Examples, EveryRuleCompiles) {
  language::Scope scope;
  scope.facts = project_.facts;
  evaluate::Literal degrees;
  degrees.type = ValueType::kDecimal;
  degrees.number = 525'200;
  degrees.scale = 4;
  scope.table_rows["store"]["S01"] = {{"latitude", degrees}, {"longitude", degrees}};
  const auto linked = definitions::link(project_.catalogue, scope);
  ASSERT_TRUE(linked.ok()) << linked.error().to_string();
  for (const definitions::Fault& fault : linked->faults()) {
    ADD_FAILURE() << fault.name << ": " << fault.error.to_string();
  }
  EXPECT_EQ(linked->segments().size(), project_.catalogue.segments.size());
  EXPECT_EQ(linked->features().size(), project_.catalogue.features.size());
  for (const definitions::LinkedDefinition& segment : linked->segments()) {
    for (const language::Warning& warning : segment.compiled.warnings) {
      ADD_FAILURE() << segment.name << ": " << warning.message;
    }
  }
}

// What is declared of customers comes from some file; what a rule leaves out is defined.
TEST_P(Examples, NamesMeetTheirDefinitions) {
  std::set<std::string> given;
  for (const SourceDeclaration& source : project_.sources) {
    if (source.kind != SourceDeclaration::Kind::kCustomers) continue;
    for (const std::string& file : source.files) given.merge(columns_of(file));
  }
  for (const AttributeDeclaration& attribute : project_.facts.attributes) {
    EXPECT_TRUE(given.contains(attribute.field.name)) << attribute.field.name;
  }
  std::set<std::string> names;
  for (const auto& segment : project_.catalogue.segments) {
    EXPECT_TRUE(names.insert(segment.name).second) << segment.name << " is defined twice";
  }
  for (const auto& segment : project_.catalogue.segments) {
    for (const std::string& left_out : segment.except) {
      EXPECT_TRUE(names.contains(left_out)) << segment.name << " leaves out " << left_out;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Project, Examples, testing::Values("starter", "coffee", "fashion", "rfm"),
                         [](const auto& one) { return std::string(one.param); });

TEST(StarterLibrary, SaysOfEverySegmentWhyAndWhatAndWho) {
  const Loaded loaded = load_project(example("starter"), real_files());
  std::map<bool, int> sizes;
  for (const auto& segment : loaded.project.catalogue.segments) {
    ++sizes[segment.exclusion];
    EXPECT_FALSE(segment.title.empty()) << segment.name;
    EXPECT_FALSE(segment.why.empty()) << segment.name;
    EXPECT_FALSE(segment.action.text.empty()) << segment.name;
    EXPECT_FALSE(segment.action.owner.empty()) << segment.name;
    EXPECT_FALSE(segment.needs.empty()) << segment.name;
    EXPECT_EQ(segment.action.review_after_days, 90) << segment.name;
    EXPECT_EQ(segment.action.goal.empty(), segment.exclusion) << segment.name;
    const bool measured = !segment.exclusion && segment.action.purpose == "marketing";
    EXPECT_EQ(segment.action.control_percent, measured ? 20 : 0) << segment.name;
  }
  EXPECT_EQ(sizes[false], 24);  // reserved_about_data, the 25th, is a list to leave out
  EXPECT_EQ(sizes[true], 8);
}

}  // namespace
}  // namespace regulars::project
