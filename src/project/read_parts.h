// Private to project: the parts of a project's files. Each function reads one of them into the
// project and adds what is wrong to the reader's faults.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "project/project.h"
#include "project/yaml_reader.h"

namespace regulars::project {

// regulars.yaml, all of it.
void read_settings(const YamlFile& file, Project& project, Faults& faults);

// "name: type" pairs: fields of event types and tables, attributes.
std::optional<FieldDeclaration> field_of(const YamlNode& key, const YamlNode& type,
                                         int amount_scale, Reader& reader);
std::vector<FieldDeclaration> fields_of(const YamlNode& map, const std::string& what,
                                        int amount_scale, Reader& reader);
bool is_plain_name(const YamlNode& key, const std::string& what, Reader& reader);

void read_source(const YamlNode& name, const YamlNode& node, Project& project, Reader& reader);
void read_export(const YamlNode& node, Project& project, Reader& reader);

// Names that sources, units, exports and the activity use, once everything is read.
void check_names(const YamlFile& settings, const Project& project, Faults& faults);

// segments/x.yaml: one definition, a list of them, or names with definitions.
void read_segments(const YamlFile& file, definitions::Catalogue& catalogue, Faults& faults);
void read_features(const YamlFile& file, definitions::Catalogue& catalogue, Faults& faults);
void read_models(const YamlFile& file, Project& project, Faults& faults);
void read_parameters(const YamlFile& file, definitions::Catalogue& catalogue, Faults& faults);
// lists/x.txt: an id in each line; lists/x.csv: ids in the column customer_id, or the first.
void read_list(const std::string& path, std::string_view bytes, definitions::Catalogue& catalogue,
               Faults& faults);

}  // namespace regulars::project
