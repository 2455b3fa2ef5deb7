// expect: no matching function for call to 'el'
#include "ui/html.hpp"

sealbook::ui::Html wrong(const std::string& name) { return sealbook::ui::el(name, "x"); }
