#include "ui/language.hpp"

namespace sealbook::ui {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Thousandths of a quality value; what is not one counts as nothing.
int quality(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view value = parameters.substr(at + 2);
  if (value.starts_with('1')) return 1000;
  int thousandths = 0, weight = 100;
  if (!value.starts_with("0.")) return 0;
  for (const char c : value.substr(2, 3)) {
    if (c < '0' || c > '9') break;
    thousandths += (c - '0') * weight;
    weight /= 10;
  }
  return thousandths;
}

bool is_language(std::string_view range, std::string_view language) {
  if (range.size() < 2) return false;
  const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
  return lower(range[0]) == language[0] && lower(range[1]) == language[1] &&
         (range.size() == 2 || range[2] == '-');
}

}  // namespace

Locale best_language(std::string_view accept_language) {
  Locale best = Locale::en;
  int best_quality = 0;
  while (!accept_language.empty()) {
    const std::size_t end = accept_language.find(',');
    const std::string_view entry = accept_language.substr(0, end);
    accept_language =
        end == std::string_view::npos ? std::string_view() : accept_language.substr(end + 1);
    const std::size_t semicolon = entry.find(';');
    const std::string_view range = trimmed(entry.substr(0, semicolon));
    const int wanted =
        semicolon == std::string_view::npos ? 1000 : quality(entry.substr(semicolon));
    if (wanted <= best_quality) continue;
    if (is_language(range, "es")) best = Locale::es;
    else if (is_language(range, "en")) best = Locale::en;
    else continue;
    best_quality = wanted;
  }
  return best;
}

std::string Speaker::operator()(const Words& words,
                                std::initializer_list<std::string_view> filled_in) const {
  const std::string_view text = (*this)(words);
  std::string out;
  auto next = filled_in.begin();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 1 < text.size() && text[i + 1] == '}' && next != filled_in.end()) {
      out += *next++;
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace sealbook::ui
