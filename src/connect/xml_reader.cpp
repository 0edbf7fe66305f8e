#include "connect/xml_reader.h"

#include <expat.h>
#include <fmt/format.h>

#include <memory>

namespace regulars::connect {
namespace {

constexpr int kBlock = 64 * 1024;

std::string_view without_prefix(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Reading {
  XmlHandler* handler;
  XML_Parser parser;
};

void on_start(void* user, const char* name, const char** attributes) {
  static_cast<Reading*>(user)->handler->start(without_prefix(name), XmlAttributes(attributes));
}

void on_end(void* user, const char* name) {
  static_cast<Reading*>(user)->handler->end(without_prefix(name));
}

void on_text(void* user, const char* text, int length) {
  static_cast<Reading*>(user)->handler->text({text, static_cast<size_t>(length)});
}

void on_document_type(void* user, const char*, const char*, const char*, int) {
  XML_StopParser(static_cast<Reading*>(user)->parser, XML_FALSE);
}

struct ParserCloser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (without_prefix(pair[0]) == name) return pair[1];
  }
  return {};
}

Result<void> read_xml(ByteStream& bytes, XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, ParserCloser> parser(XML_ParserCreate(nullptr));
  if (!parser) return Error(ErrorCode::kInternal, "XML reading could not be set up");
  Reading reading{&handler, parser.get()};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  while (true) {
    void* room = XML_GetBuffer(parser.get(), kBlock);
    if (room == nullptr) return Error(ErrorCode::kInternal, "no memory to read XML");
    REGULARS_ASSIGN(const size_t count, bytes.read(static_cast<char*>(room), kBlock));
    const XML_Status status = XML_ParseBuffer(parser.get(), static_cast<int>(count), count == 0);
    if (status != XML_STATUS_OK) {
      return Error(ErrorCode::kBadData,
                   fmt::format("broken XML in line {}: {}", XML_GetCurrentLineNumber(parser.get()),
                               XML_ErrorString(XML_GetErrorCode(parser.get()))));
    }
    if (count == 0) return {};
  }
}

}  // namespace regulars::connect
