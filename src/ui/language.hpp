// In which language a page speaks, and its texts: one table, every row in every language.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "domain/messages/message.hpp"

namespace sealbook::ui {

using messages::Locale;

// One text in every language. "{}" stands for what is filled in, in order.
struct Words {
  std::string_view en, es;
};

// The best of our languages for an Accept-Language header (RFC 9110 section 12.5.4); English where
// none fits.
Locale best_language(std::string_view accept_language);

class Speaker {
 public:
  explicit Speaker(Locale locale) : locale_(locale) {}
  Locale locale() const { return locale_; }
  std::string_view tag() const { return locale_ == Locale::es ? "es" : "en"; }

  std::string_view operator()(const Words& words) const {
    return locale_ == Locale::es ? words.es : words.en;
  }
  std::string operator()(const Words& words,
                         std::initializer_list<std::string_view> filled_in) const;

 private:
  Locale locale_;
};

}  // namespace sealbook::ui
