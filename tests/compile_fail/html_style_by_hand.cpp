// expect: that_attribute_is_not_written_by_hand|not a constant expression
#include "ui/html.hpp"

const auto wrong = sealbook::ui::attr("style", "color:red");
