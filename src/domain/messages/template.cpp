#include "domain/messages/template.hpp"

#include <algorithm>

#include "domain/messages/compose.hpp"
#include "domain/messages/limits.hpp"
#include "domain/messages/parse_parts.hpp"
#include "domain/messages/plain_text.hpp"
#include "domain/messages/sensitive_words.hpp"
#include "domain/messages/shipped.hpp"

namespace sealbook::messages {
namespace {

enum class Member : std::uint8_t { subject, body };

bool asks_for_an_answer(Purpose purpose) {
  return purpose == Purpose::invitation || purpose == Purpose::invitation_again;
}

void check_field(const TemplateText& text, Member member, const PlacedPart& placed,
                 Complaints& complaints) {
  const FieldRow& row = row_of(*placed.part.field);
  const ChannelRow& channel = row_of(text.channel);
  if (row.data_class > channel.limit)
    return complaints.add(
        "data_class", placed.at,
        filled("% is %; the channel % carries at most %.",
               {braced(row.name), to_text(row.data_class), channel.name, to_text(channel.limit)}));
  if (member == Member::subject && row.placement == Placement::body_only)
    return complaints.add(
        "placement", placed.at,
        filled("% may not stand in a subject, which anybody near the screen can read.",
               {braced(row.name)}));
  if (row.field == FieldName::code && text.purpose != Purpose::code)
    return complaints.add("purpose", placed.at,
                          "{{code}} belongs into a message of purpose code only.");
  const bool is_link = row.field == FieldName::link || row.field == FieldName::unsubscribe;
  if (is_link && text.channel == Channel::voice)
    complaints.add("not_allowed", placed.at, filled("% cannot be spoken.", {braced(row.name)}));
}

void check_fields(const TemplateText& text, Member member, const std::vector<PlacedPart>& parts,
                  Complaints& complaints) {
  for (const PlacedPart& placed : parts) {
    if (placed.part.field) check_field(text, member, placed, complaints);
    if (placed.part.section && member == Member::subject)
      return complaints.add("placement", placed.at, "A subject has no sections.");
  }
}

// What has to be said in every rendering stands outside of sections.
void require(const std::vector<PlacedPart>& parts, FieldName field, std::string_view why,
             Complaints& complaints) {
  const bool said = std::ranges::any_of(parts, [field](const PlacedPart& placed) {
    return placed.part.field == field && !placed.part.section;
  });
  if (!said)
    complaints.add("required", filled("% is missing outside of sections: %",
                                      {braced(row_of(field).name), why}));
}

void check_what_is_said(const TemplateText& text, const std::vector<PlacedPart>& parts,
                        Complaints& complaints) {
  require(parts, FieldName::organisation_message_name, "every message says who it is from.",
          complaints);
  require(parts, FieldName::organisation_phone, "every message says which number to call back.",
          complaints);
  if (asks_for_an_answer(text.purpose) && text.channel != Channel::voice)
    require(parts, FieldName::link, "this message asks for an answer.", complaints);
  if (text.purpose == Purpose::code)
    require(parts, FieldName::code, "it is what this message is for.", complaints);
}

void check_sms_length(const TemplateText& text, const std::vector<Part>& body,
                      Complaints& complaints) {
  // Every set of open sections, so that no branch is overlooked.
  constexpr FieldName opens[] = {FieldName::link, FieldName::unsubscribe,
                                 FieldName::appointment_location};
  std::size_t longest = 0;
  for (const DetailLevel level : {DetailLevel::neutral, DetailLevel::time})
    for (unsigned closed = 0; closed < 8; ++closed) {
      FieldValues values = permitted(longest_sms_values(), text.channel, level);
      for (unsigned i = 0; i < 3; ++i)
        if ((closed >> i & 1U) != 0) values[static_cast<std::size_t>(opens[i])].clear();
      const std::string instead = to_sms(neutral_phrase(text.locale, values, body));
      longest = std::max(longest, sms_length(compose(body, values, instead)));
    }
  if (const std::size_t limit = row_of(text.channel).longest_body; longest > limit)
    complaints.add("length", filled("With long values it fills % places of an SMS; one has %.",
                                    {std::to_string(longest), std::to_string(limit)}));
}

std::vector<Part> without_places(std::vector<PlacedPart> placed) {
  std::vector<Part> parts;
  for (PlacedPart& each : placed) parts.push_back(std::move(each.part));
  return parts;
}

std::vector<Part> read_subject(const TemplateText& text, std::vector<FieldError>& errors) {
  const std::string_view subject = text.subject.empty() && row_of(text.channel).has_subject
                                       ? shipped_subject(text.purpose, text.locale)
                                       : std::string_view(text.subject);
  Complaints complaints("/subject", subject, errors);
  if (!row_of(text.channel).has_subject) {
    if (!subject.empty())
      complaints.add("not_allowed",
                     filled("The channel % has no subject.", {row_of(text.channel).name}));
    return {};
  }
  if (count_characters(subject) > longest_subject) {
    complaints.add(
        "length", filled("A subject has at most % characters.", {std::to_string(longest_subject)}));
    return {};
  }
  check_characters(subject, text.channel, Lines::one, complaints);
  check_sensitive_words(subject, text.channel, complaints);
  auto parts = parse_parts(subject, complaints);
  check_fields(text, Member::subject, parts, complaints);
  if (subject.find_first_not_of(" \t") == std::string_view::npos)
    complaints.add("required", "A subject says something.");
  return without_places(std::move(parts));
}

std::vector<Part> read_body(const TemplateText& text, std::vector<FieldError>& errors) {
  Complaints complaints("/body", text.body, errors);
  const ChannelRow& channel = row_of(text.channel);
  const std::size_t longest =
      channel.channel == Channel::sms ? longest_sms_as_written : channel.longest_body;
  if (count_characters(text.body) > longest) {
    complaints.add("length", filled("At most % characters.", {std::to_string(longest)}));
    return {};
  }
  auto placed = parse_parts(text.body, complaints);
  check_fields(text, Member::body, placed, complaints);
  check_characters(text.body, text.channel, Lines::many, complaints);
  check_sensitive_words(text.body, text.channel, complaints);
  check_what_is_said(text, placed, complaints);
  auto parts = without_places(std::move(placed));
  if (text.channel == Channel::sms) check_sms_length(text, parts, complaints);
  return parts;
}

}  // namespace

Result<Template> Template::parse(TemplateText text) {
  std::vector<FieldError> errors;
  Template made;
  made.body_ = read_body(text, errors);
  made.subject_ = read_subject(text, errors);
  if (!errors.empty()) {
    // What would tell too much is named first.
    const auto worst = std::ranges::find(errors, "data_class", &FieldError::rule);
    if (worst != errors.end()) std::rotate(errors.begin(), worst, worst + 1);
    Error error = make_error(ErrorCode::invalid, errors.front().detail);
    error.fields = std::move(errors);
    return fail(std::move(error));
  }
  made.text_ = std::move(text);
  return made;
}

bool Template::names(FieldName field) const {
  return std::ranges::any_of(body_, [field](const Part& part) { return part.field == field; });
}

}  // namespace sealbook::messages
