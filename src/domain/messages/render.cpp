#include "domain/messages/render.hpp"

#include "domain/messages/compose.hpp"
#include "domain/messages/day_text.hpp"
#include "domain/messages/limits.hpp"
#include "domain/messages/plain_text.hpp"

namespace sealbook::messages {
namespace {

std::string& at(FieldValues& values, FieldName field) {
  return values[static_cast<std::size_t>(field)];
}

void set_times(FieldValues& values, const MessageFacts& facts, const Template& made) {
  if (!facts.starts_at || !facts.zone) return;
  const TextForm form = made.channel() == Channel::sms ? TextForm::brief : TextForm::full;
  const Locale locale = made.locale();
  at(values, FieldName::appointment_starts_at) =
      day_and_time_text(*facts.starts_at, *facts.zone, locale, form);
  at(values, FieldName::appointment_day) = day_text(*facts.starts_at, *facts.zone, locale, form);
  at(values, FieldName::appointment_time) = time_text(*facts.starts_at, *facts.zone, locale, form);
}

// Fails when a link is none: it would stand in the text as somebody else's.
Result<void> set_link(std::string& value, const SensitiveText& fact, std::size_t longest,
                      const char* pointer) {
  const std::string& link = fact.reveal();
  if (link.empty()) return {};
  if (!is_plain_link(link))
    return fail(invalid_field(pointer, "link", "That is not an address of this program."));
  if (link.size() > longest)
    return fail(invalid_field(pointer, "length", "The address is too long for the channel."));
  value = link;
  return {};
}

Result<void> set_links_and_code(FieldValues& values, const MessageFacts& facts,
                                const ValueLimits& limits) {
  ENSURE(set_link(at(values, FieldName::link), facts.link, limits.link, "/facts/link"));
  ENSURE(set_link(at(values, FieldName::unsubscribe), facts.unsubscribe, limits.link,
                  "/facts/unsubscribe"));
  const std::string& code = facts.code.reveal();
  if (!code.empty() && (!is_plain_code(code) || code.size() > limits.code))
    return fail(invalid_field("/facts/code", "characters", "A code is a few letters and digits."));
  at(values, FieldName::code) = code;
  return {};
}

// What is personal is opened only for a channel that may carry it.
void set_personal(FieldValues& values, const MessageFacts& facts, DataClass limit,
                  std::size_t longest) {
  const auto set = [&](FieldName field, const SensitiveText& fact) {
    if (row_of(field).data_class <= limit) at(values, field) = plain_value(fact.reveal(), longest);
  };
  set(FieldName::patient_given, facts.patient_given);
  set(FieldName::patient_family, facts.patient_family);
  set(FieldName::practitioner, facts.practitioner);
  set(FieldName::service, facts.service);
  set(FieldName::reason, facts.reason);
}

Result<FieldValues> values_of(const Template& made, const MessageFacts& facts) {
  const ValueLimits limits = limits_of(made.channel());
  FieldValues values;
  at(values, FieldName::organisation_message_name) =
      plain_value(facts.message_name, limits.message_name);
  // A number that is cut is another number: one that does not fit counts as missing.
  std::string phone =
      made.channel() == Channel::sms ? compact_phone(facts.phone) : plain_phone(facts.phone);
  if (phone.size() <= limits.phone) at(values, FieldName::organisation_phone) = std::move(phone);
  at(values, FieldName::appointment_location) = plain_value(facts.location, limits.location);
  ENSURE(set_links_and_code(values, facts, limits));
  set_times(values, facts, made);
  set_personal(values, facts, row_of(made.channel()).limit, limits.name);
  return values;
}

// What a template says outside of sections has to be there.
Result<void> ensure_known(const Template& made, const FieldValues& values) {
  struct Needed {
    FieldName field;
    const char* pointer;
  };
  constexpr Needed needed[] = {{FieldName::organisation_message_name, "/facts/message_name"},
                               {FieldName::organisation_phone, "/facts/phone"},
                               {FieldName::link, "/facts/link"},
                               {FieldName::code, "/facts/code"}};
  for (const Part& part : made.body())
    for (const Needed& need : needed)
      if (part.field == need.field && !part.section &&
          values[static_cast<std::size_t>(need.field)].empty())
        return fail(invalid_field(need.pointer, "required",
                                  "The template names it and the message lacks it."));
  return {};
}

// Links are left alone: a letter changed in one makes it another.
void spell_for_sms(FieldValues& values, std::string& instead) {
  for (const FieldRow& row : field_rows)
    if (row.field != FieldName::link && row.field != FieldName::unsubscribe)
      at(values, row.field) = to_sms(at(values, row.field));
  instead = to_sms(instead);
}

Result<void> ensure_fits_sms(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (sms_places(next_character(text, i)) == 0)
      return fail(
          invalid_field("/body", "characters", "It holds a character that an SMS cannot carry."));
  if (const auto places = sms_length(text); places > row_of(Channel::sms).longest_body)
    return fail(invalid_field("/body", "length",
                              filled("It fills % places of an SMS.", {std::to_string(places)})));
  return {};
}

}  // namespace

Result<RenderedMessage> render(const Template& made, const MessageFacts& facts, DetailLevel level) {
  TRY(known, values_of(made, facts));
  ENSURE(ensure_known(made, known));
  FieldValues values = permitted(std::move(known), made.channel(), level);
  std::string instead(neutral_phrase(made.locale(), values, made.body()));
  if (made.channel() == Channel::sms) spell_for_sms(values, instead);
  std::string subject = compose(made.subject(), values, instead);
  std::string text = compose(made.body(), values, instead);
  if (made.channel() == Channel::sms) ENSURE(ensure_fits_sms(text));
  return RenderedMessage{SensitiveText(std::move(subject)), SensitiveText(std::move(text))};
}

}  // namespace sealbook::messages
