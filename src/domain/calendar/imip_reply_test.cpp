#include "domain/calendar/imip_reply.hpp"

#include <gtest/gtest.h>

namespace sealbook::calendar {
namespace {

const SentInvitation sent{"uid-1", 3, SensitiveText("ana@example.test")};
const SensitiveText ana("ana@example.test");

struct Parts {
  std::string method = "METHOD:REPLY\r\n";
  std::string uid = "UID:uid-1\r\n";
  std::string sequence = "SEQUENCE:3\r\n";
  std::string attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.test\r\n";
  std::string more;    // in the event
  std::string beside;  // beside the event
  std::string text() const {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + method + beside + "BEGIN:VEVENT\r\n" + uid +
           sequence + "ORGANIZER:mailto:reply+x@example.test\r\n" + attendee + more +
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
  }
};

// Whether the file would change what we know of the visit.
bool counts(const std::string& file, const SensitiveText& sender = ana) {
  const auto reply = read_reply(file);
  return reply && judge(*reply, sent, sender) == ReplyVerdict::counts;
}

TEST(ReadReply, yields_the_answer_of_the_attendee) {
  const auto reply = read_reply(Parts{}.text());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->uid, "uid-1");
  EXPECT_EQ(reply->sequence, 3);
  EXPECT_EQ(reply->answer, PartStat::accepted);
  EXPECT_TRUE(reply->attendee == ana);
  EXPECT_TRUE(counts(Parts{}.text()));
  Parts declined;
  declined.attendee = "ATTENDEE;CN=\"A\";PARTSTAT=DECLINED:MAILTO:Ana@Example.Test\r\n";
  EXPECT_EQ(read_reply(declined.text())->answer, PartStat::declined);
  EXPECT_TRUE(counts(declined.text()));
  Parts tentative;
  tentative.attendee = "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ana@example.test\r\n";
  EXPECT_EQ(read_reply(tentative.text())->answer, PartStat::tentative);
}

TEST(ReadReply, looks_at_nothing_else_of_the_file) {
  Parts moved;
  moved.more =
      "DTSTART:20300101T000000Z\r\nDTEND:20300102T000000Z\r\nSUMMARY:Something "
      "else\r\nSTATUS:CANCELLED\r\n"
      "LOCATION:Elsewhere\r\nRRULE:FREQ=SECONDLY\r\nBEGIN:VALARM\r\nACTION:EMAIL\r\nEND:VALARM\r\n";
  const auto reply = read_reply(moved.text());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->answer, PartStat::accepted);
}

TEST(Judge, says_why_a_reply_does_not_count) {
  const auto reply = [](std::string uid, std::int64_t sequence, std::string attendee) {
    return CalendarReply{std::move(uid), sequence, PartStat::declined,
                         SensitiveText(std::move(attendee))};
  };
  EXPECT_EQ(judge(reply("uid-1", 3, "ana@example.test"), sent, ana), ReplyVerdict::counts);
  EXPECT_EQ(judge(reply("uid-2", 3, "ana@example.test"), sent, ana), ReplyVerdict::other_visit);
  EXPECT_EQ(judge(reply("uid-1", 2, "ana@example.test"), sent, ana), ReplyVerdict::old_version);
  EXPECT_EQ(judge(reply("uid-1", 4, "ana@example.test"), sent, ana), ReplyVerdict::unknown_version);
  EXPECT_EQ(judge(reply("uid-1", 3, "eve@example.test"), sent, ana), ReplyVerdict::other_attendee);
  EXPECT_EQ(judge(reply("uid-1", 3, "ana@example.test"), sent, SensitiveText("eve@example.test")),
            ReplyVerdict::other_sender);
  EXPECT_EQ(judge(reply("uid-1", 3, "ana@example.test"), sent, SensitiveText()),
            ReplyVerdict::other_sender);
}

// THREATS T12: none of these counts, whoever sends it.
TEST(ReadReply, a_manipulated_file_changes_nothing) {
  std::vector<std::string> corpus;
  const auto add = [&](auto change) {
    Parts parts;
    change(parts);
    corpus.push_back(parts.text());
  };
  for (const char* method :
       {"", "METHOD:REQUEST\r\n", "METHOD:CANCEL\r\n", "METHOD:COUNTER\r\n", "METHOD:ADD\r\n",
        "METHOD:REFRESH\r\n", "METHOD:PUBLISH\r\n", "METHOD:DECLINECOUNTER\r\n", "METHOD:reply\r\n",
        "METHOD:REPLY,CANCEL\r\n", "METHOD:REPLY\r\nMETHOD:CANCEL\r\n",
        "METHOD:CANCEL\r\nMETHOD:REPLY\r\n"})
    add([&](Parts& p) { p.method = method; });
  for (const char* uid : {"", "UID:\r\n", "UID:uid-2\r\n", "UID:uid-1\r\nUID:uid-2\r\n",
                          "UID:UID-1\r\n", "UID:uid-1 \r\n", "UID: uid-1\r\n", "UID:uid-1\\n\r\n"})
    add([&](Parts& p) { p.uid = uid; });
  for (const char* sequence :
       {"", "SEQUENCE:0\r\n", "SEQUENCE:2\r\n", "SEQUENCE:4\r\n", "SEQUENCE:-1\r\n",
        "SEQUENCE:999999999999\r\n", "SEQUENCE:3\r\nSEQUENCE:4\r\n", "SEQUENCE:3.0\r\n",
        "SEQUENCE:\r\n", "SEQUENCE:+3\r\n"})
    add([&](Parts& p) { p.sequence = sequence; });
  for (const char* attendee :
       {"", "ATTENDEE:mailto:ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:eve@example.test\":mailto:ana@example."
        "test\r\n",
        "ATTENDEE;PARTSTAT=X-YES:mailto:ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=\"ACCEPTED,DECLINED\":mailto:ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.test,eve@example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY=\"mailto:ana@example.test\":mailto:eve@example."
        "test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.test\r\nATTENDEE;PARTSTAT=DECLINED:mailto:"
        "ana@example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:https://example.test\r\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:%0d%0aana@example.test\r\n"})
    add([&](Parts& p) { p.attendee = attendee; });
  for (const char* more : {"RECURRENCE-ID:20260101T000000Z\r\n",
                           "RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z\r\n",
                           "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:uid-1\r\n", "BEGIN:VALARM\r\n"})
    add([&](Parts& p) { p.more = more; });
  for (const char* beside :
       {"BEGIN:VTODO\r\nUID:uid-1\r\nEND:VTODO\r\n", "BEGIN:VFREEBUSY\r\nEND:VFREEBUSY\r\n",
        "BEGIN:VEVENT\r\nUID:uid-2\r\nEND:VEVENT\r\n", "X:a\rb\r\n"})
    add([&](Parts& p) { p.beside = beside; });
  corpus.push_back(Parts{}.text() + Parts{}.text());
  corpus.push_back("");
  corpus.push_back(Parts{}.text().substr(0, 60));
  corpus.push_back(std::string(300 * 1024, 'A'));
  corpus.push_back("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nX:" + std::string(260 * 1024, 'a') +
                   "\r\nEND:VCALENDAR\r\n");
  for (const std::string& file : corpus) EXPECT_FALSE(counts(file)) << file.substr(0, 600);
  EXPECT_GE(corpus.size(), 55u);
  EXPECT_FALSE(counts(Parts{}.text(),
                      SensitiveText("eve@example.test")));  // a right file from the wrong sender
  EXPECT_TRUE(counts(Parts{}.text()));                      // and the one that does count
}

}  // namespace
}  // namespace sealbook::calendar
