// What pages are made of compiles.
#include "ui/html.hpp"

using namespace sealbook::ui;
Html right(const std::string& name, const sealbook::SensitiveText& person) {
  return el("p", attr("class", "lead"), "Hello, ", name, person, el("a", href("/t/x/"), "on"), el("input", flag("required")));
}
