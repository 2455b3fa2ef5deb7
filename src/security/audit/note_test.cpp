#include "security/audit/note.hpp"

#include <gtest/gtest.h>

#include "security/audit/checkpoint.hpp"
#include "security/audit/merkle.hpp"
#include "security/audit/testing/sample_journal.hpp"

namespace sealbook::audit {
namespace {

// The example of c2sp.org/signed-note.
constexpr std::string_view example_key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view example_note =
    "This is an example message.\n\n\xE2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

TEST(Note, the_specifications_example_verifies) {
  const auto key = NoteKey::parse(example_key);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->text(), example_key);
  const auto note = parse_note(example_note);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "This is an example message.\n");
  EXPECT_TRUE(is_signed_by(*note, *key));
}

TEST(Note, a_key_whose_id_does_not_match_is_refused) {
  std::string text(example_key);
  text[text.find('+') + 1] ^= 1;
  EXPECT_FALSE(NoteKey::parse(text));
  EXPECT_FALSE(NoteKey::parse("a b+00000000+AQ=="));
  EXPECT_FALSE(NoteKey::parse(""));
}

TEST(Note, every_changed_byte_is_found) {
  const auto key = NoteKey::parse(example_key);
  ASSERT_TRUE(key);
  for (std::size_t i = 0; i < example_note.size(); ++i) {
    std::string changed(example_note);
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto note = parse_note(changed);
    EXPECT_FALSE(note && is_signed_by(*note, *key)) << i;
  }
}

TEST(Note, what_is_not_strictly_a_note_is_refused) {
  const std::string good(example_note);
  const std::string line = good.substr(good.find("\n\n") + 2);
  EXPECT_FALSE(parse_note(""));
  EXPECT_FALSE(parse_note("no signature\n"));
  EXPECT_FALSE(parse_note("no signature\n\n"));
  EXPECT_FALSE(parse_note(good.substr(0, good.size() - 1))) << "the last newline is missing";
  EXPECT_FALSE(parse_note(good + "x")) << "something after the last line";
  EXPECT_FALSE(parse_note("a\tb\n\n" + line)) << "a control character";
  EXPECT_FALSE(parse_note("\xFF\n\n" + line)) << "not UTF-8";
  EXPECT_FALSE(parse_note("text\n\n\xE2\x80\x94 a+b AAAAAAA=\n")) << "a plus in the name";
  EXPECT_FALSE(parse_note("text\n\n\xE2\x80\x94 a\xC2\xA0"
                          "b AAAAAAA=\n")) << "a space in the name";
  std::string many = "text\n\n";
  for (int i = 0; i < 17; ++i) many += line;
  EXPECT_FALSE(parse_note(many)) << "more than 16 signatures";
}

TEST(Note, a_signature_of_an_unknown_key_is_ignored) {
  const testing::SampleKeys keys;
  std::string note = keys.signer.sign("instance", 3, empty_root());
  note += "\xE2\x80\x94 witness.example.test AAAAAAAA\n";
  EXPECT_TRUE(open_checkpoint(note, keys.signer.key_of("instance")));
  EXPECT_FALSE(open_checkpoint_exactly(note, keys.signer.key_of("instance"))) << "but the log itself adds none";
}

TEST(Checkpoint, what_is_signed_opens_with_the_key_of_its_log_alone) {
  const testing::SampleKeys keys;
  const Hash256 root = leaf_hash({});
  const std::string note = keys.signer.sign("instance", 1, root);

  const auto opened = open_checkpoint_exactly(note, keys.signer.key_of("instance"));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->size, 1U);
  EXPECT_EQ(opened->root, root);
  EXPECT_EQ(opened->origin, "clinic.example.test/journal/instance");
  EXPECT_FALSE(open_checkpoint(note, keys.signer.key_of("logs")));
  EXPECT_EQ(keys.signer.sign("instance", 1, root), note) << "the same state has the same bytes";
}

TEST(Checkpoint, the_text_is_strict) {
  const std::string root = to_base64(empty_root());
  EXPECT_TRUE(parse_checkpoint_text("a/b\n0\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n00\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n01\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n-1\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n+1\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n9223372036854775808\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("\n1\n" + root + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n1\n" + root));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n1\n" + root.substr(4) + "\n"));
  EXPECT_FALSE(parse_checkpoint_text("a/b\n1\n" + root + "\nextension\n"));
}

}  // namespace
}  // namespace sealbook::audit
