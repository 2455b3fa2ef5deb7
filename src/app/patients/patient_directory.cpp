#include "app/patients/patient_directory.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <unordered_set>

namespace sealbook::app {
namespace {

// Base letters of U+00C0 … U+017F (Latin-1 Supplement, Latin Extended-A); '?' keeps the character.
constexpr std::string_view latin_base =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c)) out += c;
  return out;
}

constexpr std::string_view curly_apostrophe = "\xE2\x80\x99";

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded.substr(i, curly_apostrophe.size()) == curly_apostrophe) {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
      i += curly_apostrophe.size() - 1;
      continue;
    }
    const char c = folded[i];
    const bool part = static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z');
    if (part) word += c;
    else if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

struct BirthdayWord {
  std::optional<int> year;  // below 100: of any century
  unsigned first, second;   // month and day, in either order
  std::string digits = {};  // written without separators: it may be the end of a telephone number
};

// Whether two numbers can be a month and a day, in one order or the other.
bool are_month_and_day(unsigned a, unsigned b) {
  return a >= 1 && b >= 1 && std::min(a, b) <= 12 && std::max(a, b) <= 31;
}

// "3/12", "12.3.1984", "1984-03-12"; "555-0145" is none.
std::optional<BirthdayWord> as_birthday(std::string_view word) {
  std::array<int, 3> numbers{};
  std::size_t n = 0, digits = 0;
  int value = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && is_digit(word[i])) {
      value = value * 10 + (word[i] - '0');
      if (++digits > 4) return std::nullopt;
      continue;
    }
    if (digits == 0 || n == 3) return std::nullopt;
    if (i < word.size() && word[i] != '/' && word[i] != '-' && word[i] != '.') return std::nullopt;
    numbers[n++] = std::exchange(value, 0);
    digits = 0;
  }
  if (n < 2) return std::nullopt;
  const auto at = [&](std::size_t i) { return static_cast<unsigned>(numbers[i]); };
  const bool year_first = n == 3 && numbers[0] > 31;
  const unsigned first = year_first ? at(1) : at(0), second = year_first ? at(2) : at(1);
  if (!are_month_and_day(first, second)) return std::nullopt;
  if (n == 2) return BirthdayWord{std::nullopt, first, second};
  return BirthdayWord{year_first ? numbers[0] : numbers[2], first, second};
}

bool is_year(int number) { return number >= 1880 && number <= 2100; }

// "19841203", "03121984": a whole date in eight digits.
std::optional<BirthdayWord> as_eight_digits(std::string_view word) {
  if (word.size() != 8 || !std::ranges::all_of(word, is_digit)) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : word.substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  for (const std::size_t year_at : {std::size_t{0}, std::size_t{4}}) {
    const std::size_t rest = 4 - year_at;
    const auto first = static_cast<unsigned>(number(rest, 2)), second = static_cast<unsigned>(number(rest + 2, 2));
    if (is_year(number(year_at, 4)) && are_month_and_day(first, second))
      return BirthdayWord{number(year_at, 4), first, second, std::string(word)};
  }
  return std::nullopt;
}

bool is_birthday(const std::chrono::year_month_day& date, const BirthdayWord& word) {
  const int year = static_cast<int>(date.year());
  if (word.year && (*word.year < 100 ? year % 100 : year) != *word.year) return false;
  const unsigned month = static_cast<unsigned>(date.month()), day = static_cast<unsigned>(date.day());
  return (month == word.first && day == word.second) || (month == word.second && day == word.first);
}

unsigned birthday_key(unsigned month, unsigned day) { return month * 32 + day; }

// A name with an apostrophe or a hyphen is found by its parts, and written as one: "obrian".
void append_names(std::vector<std::string>& to, const SensitiveText& name) {
  const std::string folded = fold(name.reveal());
  for (std::size_t from = 0; from < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', from), folded.size());
    auto words = words_of(std::string_view(folded).substr(from, end - from));
    from = end + 1;
    std::string joined;
    for (const std::string& word : words) joined += word;
    if (words.size() > 1) words.push_back(std::move(joined));
    to.insert(to.end(), std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
  }
}

// Shorter ones lie inside of too many names.
constexpr std::size_t least_inner_fragment = 3;

}  // namespace

struct PatientDirectory::Query {
  std::vector<std::string> names;
  std::vector<std::string> digits;
  std::vector<BirthdayWord> birthdays;
  bool inside = false;  // names are looked for inside of words as well
};

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
      continue;
    }
    const bool two_bytes = (c == 0xC3 || c == 0xC4 || c == 0xC5) && i + 1 < text.size();
    if (two_bytes) {
      const unsigned code = (c & 0x1FU) << 6 | (static_cast<unsigned char>(text[i + 1]) & 0x3FU);
      const std::size_t at = code - 0xC0;
      if (code >= 0xC0 && at < latin_base.size() && latin_base[at] != '?') {
        out += latin_base[at];
        ++i;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

PatientDirectory::Person PatientDirectory::person_of(const PatientRecord& record) {
  Person person;
  append_names(person.names, record.name.family);
  if (record.name.second_family) append_names(person.names, *record.name.second_family);
  person.order = person.names.empty() ? std::string() : person.names.front();
  for (const SensitiveText& given : record.name.given) {
    append_names(person.names, given);
    person.order += '\x01' + fold(given.reveal());
  }
  if (record.name.preferred) append_names(person.names, *record.name.preferred);
  for (const Contact& contact : record.contacts)
    if (contact.kind == ContactKind::phone) person.phones.push_back(digits_of(contact.value.reveal()));
  person.birth_date = record.birth_date.reveal();
  person.order += '\x01' + date_text(person.birth_date);
  return person;
}

void PatientDirectory::put(const PatientId& id, const PatientRecord& record) {
  Person person = person_of(record);
  const std::unique_lock lock(mutex_);
  erase_locked(id);
  insert_locked(id, std::move(person));
}

void PatientDirectory::fill(const PatientId& id, const PatientRecord& record) {
  Person person = person_of(record);
  const std::unique_lock lock(mutex_);
  if (!people_.contains(id)) insert_locked(id, std::move(person));
}

void PatientDirectory::insert_locked(const PatientId& id, Person person) {
  for (const std::string& name : person.names) by_name_.emplace(name, id);
  by_birthday_.emplace(birthday_key(static_cast<unsigned>(person.birth_date.month()),
                                    static_cast<unsigned>(person.birth_date.day())), id);
  people_.insert_or_assign(id, std::move(person));
}

void PatientDirectory::remove(const PatientId& id) {
  const std::unique_lock lock(mutex_);
  erase_locked(id);
}

void PatientDirectory::erase_locked(const PatientId& id) {
  const auto found = people_.find(id);
  if (found == people_.end()) return;
  const auto drop = [&id](auto& index, const auto& key) {
    const auto [from, to] = index.equal_range(key);
    for (auto at = from; at != to;) at = at->second == id ? index.erase(at) : std::next(at);
  };
  for (const std::string& name : found->second.names) drop(by_name_, name);
  const auto& date = found->second.birth_date;
  drop(by_birthday_, birthday_key(static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
  people_.erase(found);
}

std::size_t PatientDirectory::size() const {
  const std::shared_lock lock(mutex_);
  return people_.size();
}

PatientDirectory::Query PatientDirectory::parse(std::string_view text) {
  Query query;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t to = std::min(text.find_first_of(" ,;\t", from), text.size());
    const std::string_view word = text.substr(from, to - from);
    from = to + 1;
    if (word.empty()) continue;
    auto birthday = as_birthday(word);
    if (!birthday) birthday = as_eight_digits(word);
    if (birthday) {
      query.birthdays.push_back(*birthday);
      continue;
    }
    const std::string digits = digits_of(word);
    const bool is_number = std::ranges::all_of(word, [](char c) { return is_digit(c) || std::string_view("+()-./").contains(c); });
    if (is_number && digits.size() >= 3) query.digits.push_back(digits);
    else
      for (std::string& name : words_of(fold(word))) query.names.push_back(std::move(name));
  }
  return query;
}

bool PatientDirectory::matches(const Person& person, const Query& query) {
  const auto has_name = [&](const std::string& fragment) {
    const bool inside = query.inside && fragment.size() >= least_inner_fragment;
    return std::ranges::any_of(person.names, [&](const std::string& n) {
      return inside ? n.contains(fragment) : n.starts_with(fragment);
    });
  };
  const auto has_digits = [&](const std::string& digits) {
    return std::ranges::any_of(person.phones, [&](const std::string& p) { return p.ends_with(digits); });
  };
  return std::ranges::all_of(query.names, has_name) && std::ranges::all_of(query.digits, has_digits) &&
         std::ranges::all_of(query.birthdays, [&](const BirthdayWord& b) {
           return is_birthday(person.birth_date, b) || (!b.digits.empty() && has_digits(b.digits));
         });
}

std::vector<PatientId> PatientDirectory::search(std::string_view text, std::size_t limit) const {
  Query query = parse(text);
  std::vector<std::pair<std::string_view, PatientId>> found;
  std::unordered_set<PatientId> seen;
  const std::shared_lock lock(mutex_);
  const auto consider = [&](const PatientId& id) {
    const Person& person = people_.at(id);
    if (matches(person, query) && seen.insert(id).second) found.emplace_back(person.order, id);
  };
  if (!query.names.empty()) {
    const std::string& longest = std::ranges::max(query.names, {}, &std::string::size);
    for (auto at = by_name_.lower_bound(longest); at != by_name_.end() && at->first.starts_with(longest); ++at)
      consider(at->second);
    // Nobody's name begins so: it may lie inside of one.
    query.inside = found.empty() && longest.size() >= least_inner_fragment;
    if (query.inside)
      for (const auto& [id, person] : people_) consider(id);
  } else if (!query.birthdays.empty()) {
    const BirthdayWord& b = query.birthdays.front();
    for (const unsigned key : {birthday_key(b.first, b.second), birthday_key(b.second, b.first)}) {
      const auto [from, to] = by_birthday_.equal_range(key);
      for (auto at = from; at != to; ++at) consider(at->second);
    }
    if (!b.digits.empty())
      for (const auto& [id, person] : people_) consider(id);
  } else if (!query.digits.empty()) {
    for (const auto& [id, person] : people_) consider(id);
  }
  std::ranges::sort(found);
  std::vector<PatientId> ids;
  for (std::size_t i = 0; i < found.size() && i < limit; ++i) ids.push_back(found[i].second);
  return ids;
}

}  // namespace sealbook::app
