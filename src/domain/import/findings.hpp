// Findings is what reading a file has to say: problems that keep a row out, and notes that do not.
//
// Texts name columns and rules, never a value of a row. The lists are bounded, the counts are not.
// Threads: one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sealbook::importing {

struct Problem {
  std::int64_t line = 0;      // physical line of the file, from 1, where the row begins
  std::int64_t position = 0;  // column number, from 1; 0: the whole row
  std::string column;         // the column as its header names it; empty: the whole row
  std::string rule;           // stable word: "required", "format", "ambiguous", "fields", …
  std::string detail;         // a sentence for people
  bool operator==(const Problem&) const = default;
};

// Something that was said once and counted: outer spaces taken off, a column that nobody reads.
struct Note {
  std::string rule, column, detail;
  std::int64_t first_line = 0;
  std::int64_t count = 0;
  bool operator==(const Note&) const = default;
};

class Findings {
 public:
  static constexpr std::size_t most_problems = 1000;
  static constexpr std::size_t most_notes = 100;

  void add(Problem problem) {
    ++problem_count_;
    if (problems_.size() < most_problems) problems_.push_back(std::move(problem));
  }
  void note(std::int64_t line, std::string_view rule, std::string_view column,
            std::string_view detail);

  const std::vector<Problem>& problems() const { return problems_; }
  std::int64_t problem_count() const { return problem_count_; }
  const std::vector<Note>& notes() const { return notes_; }

 private:
  std::vector<Problem> problems_;
  std::int64_t problem_count_ = 0;
  std::vector<Note> notes_;
};

}  // namespace sealbook::importing
