// expect: no viable conversion from .*basic_string
#include "ui/html.hpp"

sealbook::ui::Html wrong(const std::string& markup) { return markup; }
