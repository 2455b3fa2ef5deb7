#include "domain/messages/compose.hpp"

#include <algorithm>

namespace sealbook::messages {
namespace {

const std::string& value_of(const FieldValues& values, FieldName field) {
  return values[static_cast<std::size_t>(field)];
}

bool is_open(Section section, const FieldValues& values) {
  switch (section) {
    case Section::time: return !value_of(values, FieldName::appointment_starts_at).empty();
    case Section::place: return !value_of(values, FieldName::appointment_location).empty();
    case Section::link: return !value_of(values, FieldName::link).empty();
    case Section::unsubscribe: return !value_of(values, FieldName::unsubscribe).empty();
  }
  return false;
}

bool is_link(FieldName field) {
  return field == FieldName::link || field == FieldName::unsubscribe;
}

// Lines without spaces at their ends, at most one empty line in a row.
std::string tidied(std::string_view text) {
  std::string out;
  std::size_t newlines = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const auto last = line.find_last_not_of(" \t");
    line = last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
    if (!line.empty()) {
      if (!out.empty()) out.append(std::min<std::size_t>(newlines, 2), '\n');
      out += line;
      newlines = 0;
    }
    ++newlines;
  }
  return out;
}

class Composer {
 public:
  void add_text(std::string_view text) {
    if (after_link_ && !text.empty()) {
      // The full stop behind a link would stand alone, or become part of it.
      const auto rest = text.find_first_not_of(" \t.,;:!");
      text = rest == std::string_view::npos ? std::string_view() : text.substr(rest);
      if (text.empty()) return;
      if (!text.starts_with('\n')) out_ += '\n';
      after_link_ = false;
    }
    out_ += text;
  }
  void add_link(std::string_view link) {
    while (out_.ends_with(' ') || out_.ends_with('\t')) out_.pop_back();
    if (!out_.empty() && !out_.ends_with('\n')) out_ += '\n';
    out_ += link;
    after_link_ = true;
  }
  std::string finish() const { return tidied(out_); }

 private:
  std::string out_;
  bool after_link_ = false;
};

}  // namespace

FieldValues permitted(FieldValues values, Channel channel, DetailLevel level) {
  const DataClass limit = row_of(channel).limit;
  for (const FieldRow& row : field_rows)
    if (row.data_class > limit || row.level > level)
      values[static_cast<std::size_t>(row.field)].clear();
  return values;
}

std::string_view neutral_phrase(Locale locale, const FieldValues& values,
                                const std::vector<Part>& parts) {
  const bool has_link =
      !value_of(values, FieldName::link).empty() &&
      std::ranges::any_of(parts, [](const Part& p) { return p.field == FieldName::link; });
  if (locale == Locale::es) return has_link ? "(vea su enlace)" : "(llámenos)";
  return has_link ? "(see your link)" : "(please call us)";
}

std::string compose(const std::vector<Part>& parts, const FieldValues& values,
                    std::string_view instead) {
  Composer composer;
  for (const Part& part : parts) {
    if (part.section && is_open(*part.section, values) != (part.sense == Sense::shown)) continue;
    if (!part.field) {
      composer.add_text(part.text);
      continue;
    }
    const std::string& value = value_of(values, *part.field);
    if (!value.empty() && is_link(*part.field)) composer.add_link(value);
    else if (!value.empty()) composer.add_text(value);
    else if (row_of(*part.field).level == DetailLevel::time) composer.add_text(instead);
  }
  return composer.finish();
}

}  // namespace sealbook::messages
