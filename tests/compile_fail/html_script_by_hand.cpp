// expect: not_an_element_name|not a constant expression
#include "ui/html.hpp"

const auto wrong = sealbook::ui::el("script", "alert(1)");
