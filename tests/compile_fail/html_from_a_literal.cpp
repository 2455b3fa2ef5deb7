// expect: no viable conversion|no matching constructor
#include "ui/html.hpp"

const sealbook::ui::Html wrong = "<b>bold</b>";
