// The embedded files of web/, and the addresses under which browsers keep them: the name holds a
// hash of the content, so that a file never changes under its address.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace sealbook::ui {

// The file's bytes by its name below web/; an unknown name is a bug (ASSERT).
std::string_view asset(std::string_view name);
// "pages/sealbook.css" -> "/assets/sealbook.0123456789abcdef.css".
const std::string& asset_path(std::string_view name);
// The answer that gives a browser a file to keep: its type by its name, unchanged for good.
net::HttpResponse lasting_file(std::string_view name, std::string_view content);
// The answer for such an address; null when there is none.
const net::HttpResponse* find_asset(std::string_view path);

}  // namespace sealbook::ui
