#include "domain/import/fhir.hpp"

#include <algorithm>

#include "base/instant.hpp"
#include "base/json.hpp"

namespace sealbook::importing {
namespace {

std::string_view text_of(const JsonValue& object, std::string_view name) {
  const JsonValue* member = object.find(name);
  const std::string* text = member != nullptr ? member->as_string() : nullptr;
  return text != nullptr ? trimmed(*text) : std::string_view();
}

std::span<const JsonValue> items_of(const JsonValue& object, std::string_view name) {
  const JsonValue* member = object.find(name);
  const JsonValue::Array* array = member != nullptr ? member->as_array() : nullptr;
  return array != nullptr ? std::span<const JsonValue>(*array) : std::span<const JsonValue>();
}

// Whether a period of validity is over for good: it has an end (which may lie ahead by mistake
// only).
bool is_old(const JsonValue& item) {
  const auto use = text_of(item, "use");
  return use == "old" || use == "temp";
}

constexpr std::string_view mothers_family =
    "http://hl7.org/fhir/StructureDefinition/humanname-mothers-family";
constexpr std::string_view fathers_family =
    "http://hl7.org/fhir/StructureDefinition/humanname-fathers-family";

class PatientResource {
 public:
  PatientResource(const JsonValue& json, std::int64_t line, const ReadRules& rules,
                  Findings& findings)
      : json_(json), line_(line), rules_(rules), findings_(findings) {}

  std::optional<ImportedPerson> read() {
    ImportedPerson person;
    person.line = line_;
    name(person.record);
    birth_date(person.record);
    telecom(person);
    address(person);
    identifiers(person);
    language(person.record);
    if (const auto id = text_of(json_, "id"); !id.empty())
      person.external_id = SensitiveText(std::string(id));
    return good_ ? std::optional(std::move(person)) : std::nullopt;
  }

 private:
  void problem(std::string_view column, std::string_view rule, std::string_view detail) {
    findings_.add({line_, 0, std::string(column), std::string(rule), std::string(detail)});
    good_ = false;
  }
  SensitiveText checked(std::string_view text, std::string_view column, std::size_t most = 100) {
    if (const auto rule = broken_text(text, most); !rule.empty())
      problem(column, rule,
              rule == "length" ? "The text is too long." : "The text holds control characters.");
    return SensitiveText(std::string(text));
  }

  const JsonValue* best_name() const {
    const JsonValue* best = nullptr;
    for (const JsonValue& item : items_of(json_, "name")) {
      if (is_old(item) || text_of(item, "use") == "maiden") continue;
      if (text_of(item, "use") == "official") return &item;
      if (best == nullptr && text_of(item, "use") != "nickname") best = &item;
    }
    return best;
  }

  void name(PatientRecord& record) {
    const JsonValue* item = best_name();
    if (item == nullptr || text_of(*item, "family").empty())
      return problem("name", "required", "The person has no family name in use.");
    for (const JsonValue& given : items_of(*item, "given"))
      if (const std::string* text = given.as_string(); text != nullptr && !trimmed(*text).empty())
        record.name.given.push_back(checked(trimmed(*text), "name.given"));
    family(*item, record.name);
    for (const JsonValue& other : items_of(json_, "name"))
      if (text_of(other, "use") == "nickname")
        for (const JsonValue& given : items_of(other, "given"))
          if (const std::string* text = given.as_string();
              text != nullptr && !record.name.preferred)
            record.name.preferred = checked(trimmed(*text), "name.given");
  }

  // Both family names only where the resource tells them apart; a text with a space is one name.
  void family(const JsonValue& item, HumanName& name) {
    name.family = checked(text_of(item, "family"), "name.family");
    const JsonValue* more = item.find("_family");
    if (more == nullptr) return;
    std::string_view father, mother;
    for (const JsonValue& extension : items_of(*more, "extension")) {
      if (text_of(extension, "url") == fathers_family) father = text_of(extension, "valueString");
      if (text_of(extension, "url") == mothers_family) mother = text_of(extension, "valueString");
    }
    if (mother.empty()) return;
    name.second_family = checked(mother, "name.family");
    if (!father.empty()) name.family = checked(father, "name.family");
  }

  void birth_date(PatientRecord& record) {
    const auto text = text_of(json_, "birthDate");
    if (text.empty()) return problem("birthDate", "required", "The person has no birth date.");
    const auto date = parse_date(text);
    if (date) record.birth_date = Sensitive(*date);
    else problem("birthDate", "format", "The birth date is not a whole date, as 1984-03-12.");
  }

  void telecom(ImportedPerson& person) {
    std::vector<std::pair<std::pair<std::int64_t, std::size_t>, const JsonValue*>>
        ranked;  // rank, place
    for (const JsonValue& item : items_of(json_, "telecom")) {
      const auto system = text_of(item, "system");
      const JsonValue* period = item.find("period");
      if (is_old(item) || (period != nullptr && !text_of(*period, "end").empty())) {
        findings_.note(line_, "old_contact", "telecom",
                       "Contacts that are no longer in use were left out.");
        continue;
      }
      if (system != "phone" && system != "email" && system != "sms") continue;
      const JsonValue* rank = item.find("rank");
      const std::int64_t* number = rank != nullptr ? rank->as_int() : nullptr;
      ranked.emplace_back(std::pair(number != nullptr ? *number : 1000, ranked.size()), &item);
    }
    std::ranges::sort(ranked, {}, [](const auto& each) { return each.first; });
    for (const auto& [rank, item] : ranked) {
      if (person.record.contacts.size() == 19) break;
      Contact contact;
      contact.kind = text_of(*item, "system") == "email" ? ContactKind::email : ContactKind::phone;
      std::string value(text_of(*item, "value"));
      if (contact.kind == ContactKind::phone && !rules_.calling_code.empty())
        value = with_calling_code(value, rules_.calling_code);
      contact.value = checked(value, "telecom.value", 254);
      if (const auto use = text_of(*item, "use"); !use.empty())
        contact.label = checked(use, "telecom.use", 60);
      person.record.contacts.push_back(std::move(contact));
      person.contact_places.push_back({0, "telecom"});
    }
  }

  void address(ImportedPerson& person) {
    const JsonValue* best = nullptr;
    for (const JsonValue& item : items_of(json_, "address")) {
      if (is_old(item)) continue;
      if (best == nullptr || text_of(item, "use") == "home") best = &item;
    }
    if (best == nullptr) return;
    std::string line;
    const auto add = [&](std::string_view part) {
      if (part.empty()) return;
      if (!line.empty()) line += ", ";
      line += part;
    };
    for (const JsonValue& part : items_of(*best, "line"))
      if (const std::string* text = part.as_string()) add(trimmed(*text));
    for (const auto* part : {"city", "state", "postalCode", "country"}) add(text_of(*best, part));
    if (line.empty()) return;
    Contact contact;
    contact.kind = ContactKind::address;
    contact.value = checked(line, "address", 300);
    person.record.contacts.push_back(std::move(contact));
    person.contact_places.push_back({0, "address"});
  }

  void identifiers(ImportedPerson& person) {
    for (const JsonValue& item : items_of(json_, "identifier")) {
      const auto system = text_of(item, "system"), value = text_of(item, "value");
      if (system.empty() || value.empty() || is_old(item)) continue;
      if (person.record.identifiers.size() == 20) break;
      person.record.identifiers.push_back(
          {checked(system, "identifier.system", 250), checked(value, "identifier.value")});
      person.identifier_places.push_back({0, "identifier"});
    }
  }

  void language(PatientRecord& record) {
    for (const JsonValue& item : items_of(json_, "communication")) {
      const JsonValue* language = item.find("language");
      const JsonValue* preferred = item.find("preferred");
      const bool* is_preferred = preferred != nullptr ? preferred->as_bool() : nullptr;
      if (language == nullptr || (record.language && !(is_preferred != nullptr && *is_preferred)))
        continue;
      for (const JsonValue& coding : items_of(*language, "coding"))
        if (const auto code = text_of(coding, "code"); !code.empty() && code.size() <= 35)
          record.language = checked(code, "communication", 35);
    }
  }

  const JsonValue& json_;
  std::int64_t line_;
  const ReadRules& rules_;
  Findings& findings_;
  bool good_ = true;
};

// Why a resource is left out on purpose; empty: it is not.
std::string_view reason_to_skip(const JsonValue& json) {
  const JsonValue* active = json.find("active");
  if (active != nullptr && active->as_bool() != nullptr && !*active->as_bool()) return "inactive";
  if (json.find("deceasedDateTime") != nullptr) return "deceased";
  const JsonValue* deceased = json.find("deceasedBoolean");
  if (deceased != nullptr && deceased->as_bool() != nullptr && *deceased->as_bool())
    return "deceased";
  return {};
}

class Lines {
 public:
  Lines(const ReadRules& rules, Findings& findings, const PersonSink& sink)
      : rules_(rules), findings_(findings), sink_(sink) {}

  void feed(std::string_view piece) {
    while (!piece.empty()) {
      const std::size_t end = std::min(piece.find('\n'), piece.size());
      if (line_.size() <= longest_resource) line_ += piece.substr(0, end);
      if (end == piece.size()) return;
      finish_line();
      piece.remove_prefix(end + 1);
    }
  }
  FileFacts finish() {
    if (!line_.empty()) finish_line();
    return facts_;
  }

 private:
  void finish_line() {
    ++number_;
    const std::string text = std::move(line_);
    line_.clear();
    if (trimmed(text).empty()) return;
    ++facts_.rows;
    if (text.size() > longest_resource)
      return problem("too_long", "The resource is longer than 256 KiB.");
    std::string_view body = text;
    if (number_ == 1 && body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    const auto json = parse_json(body);
    if (!json) return problem("json", "The line is not one JSON object as RFC 8259 has it.");
    const auto type = text_of(*json, "resourceType");
    if (type != "Patient") return problem("resource_type", "The line is not a FHIR Patient.");
    if (const auto why = reason_to_skip(*json); !why.empty()) {
      ++facts_.skipped;
      findings_.note(number_, why, "",
                     why == "deceased" ? "People who have died were left out."
                                       : "Records that are no longer active were left out.");
      return;
    }
    if (auto person = PatientResource(*json, number_, rules_, findings_).read()) sink_(*person);
  }
  void problem(std::string_view rule, std::string_view detail) {
    findings_.add({number_, 0, "", std::string(rule), std::string(detail)});
  }

  const ReadRules& rules_;
  Findings& findings_;
  const PersonSink& sink_;
  std::string line_;
  std::int64_t number_ = 0;
  FileFacts facts_;
};

}  // namespace

Result<FileFacts> read_fhir_people(ByteSource& source, const ReadRules& rules, Findings& findings,
                                   const PersonSink& sink) {
  source.rewind();
  Lines lines(rules, findings, sink);
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) lines.feed(piece);
  const FileFacts facts = lines.finish();
  if (facts.rows == 0) return fail(invalid_field("/file", "empty", "The file has no rows."));
  return facts;
}

}  // namespace sealbook::importing
