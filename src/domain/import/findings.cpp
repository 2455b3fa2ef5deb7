#include "domain/import/findings.hpp"

namespace sealbook::importing {

void Findings::note(std::int64_t line, std::string_view rule, std::string_view column,
                    std::string_view detail) {
  for (Note& known : notes_) {
    if (known.rule != rule || known.column != column) continue;
    ++known.count;
    return;
  }
  if (notes_.size() < most_notes)
    notes_.push_back({std::string(rule), std::string(column), std::string(detail), line, 1});
}

}  // namespace sealbook::importing
