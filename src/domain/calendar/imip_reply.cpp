#include "domain/calendar/imip_reply.hpp"

#include <optional>

#include "domain/calendar/reader.hpp"

namespace sealbook::calendar {
namespace {

std::optional<PartStat> answer_of(std::string_view partstat) {
  if (partstat == "ACCEPTED") return PartStat::accepted;
  if (partstat == "DECLINED") return PartStat::declined;
  if (partstat == "TENTATIVE") return PartStat::tentative;
  return std::nullopt;  // DELEGATED, NEEDS-ACTION and others' words are no answer
}

Result<const ReadComponent*> replied_event(const ReadComponent& calendar) {
  const ReadProperty* method = calendar.find("METHOD");
  if (calendar.count("METHOD") != 1 || method->value != "REPLY")
    return fail(line_error(calendar.line, "method", "Only a reply is read here."));
  const ReadComponent* event = nullptr;
  for (const ReadComponent& component : calendar.components) {
    if (component.name == "VTIMEZONE") continue;
    if (component.name != "VEVENT" || event != nullptr)
      return fail(line_error(component.line, "event", "A reply is about one event."));
    event = &component;
  }
  if (event == nullptr) return fail(line_error(calendar.line, "event", "A reply has an event."));
  return event;
}

}  // namespace

Result<CalendarReply> read_reply(std::string_view file) {
  TRY(calendar, read_calendar(file));
  TRY(event, replied_event(calendar));
  for (const std::string_view once : {"UID", "ATTENDEE"})
    if (event->count(once) != 1)
      return fail(line_error(event->line, "once", "A reply has one UID and one ATTENDEE."));
  if (event->count("SEQUENCE") > 1 || event->count("RECURRENCE-ID") > 0)
    return fail(line_error(event->line, "once", "A reply is about one version of one event."));

  const ReadProperty& attendee = *event->find("ATTENDEE");
  const ReadProperty* sequence = event->find("SEQUENCE");
  const auto number = sequence == nullptr ? 0 : number_of(sequence->value);
  const auto answer = answer_of(attendee.parameter("PARTSTAT"));
  const std::string address = address_of(attendee.value);
  if (!number) return fail(line_error(sequence->line, "number", "SEQUENCE is a number."));
  if (!answer || address.empty())
    return fail(line_error(attendee.line, "attendee", "ATTENDEE has an address and an answer."));
  return CalendarReply{event->find("UID")->value, *number, *answer, SensitiveText(address)};
}

ReplyVerdict judge(const CalendarReply& reply, const SentInvitation& sent,
                   const SensitiveText& verified_sender) {
  if (reply.uid != sent.uid) return ReplyVerdict::other_visit;
  if (reply.attendee != sent.attendee) return ReplyVerdict::other_attendee;
  if (verified_sender != sent.attendee) return ReplyVerdict::other_sender;
  if (reply.sequence < sent.sequence) return ReplyVerdict::old_version;
  if (reply.sequence > sent.sequence) return ReplyVerdict::unknown_version;
  return ReplyVerdict::counts;
}

}  // namespace sealbook::calendar
