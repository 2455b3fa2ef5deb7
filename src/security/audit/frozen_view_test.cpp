#include "security/audit/frozen_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sealbook::audit {
namespace {

// A journal that its server publishes to: each view sees the files as they are when it reads.
struct Journal {
  std::map<std::string, Bytes> files;
  bool under_way = false;
  int opened = 0;
  std::function<void(Journal&)> after_names;  // what happens while somebody reads
};

class LiveView final : public JournalView {
 public:
  explicit LiveView(Journal& journal) : journal_(journal) {}
  Result<std::vector<std::string>> names() override {
    std::vector<std::string> out;
    for (const auto& [name, bytes] : journal_.files) out.push_back(name);
    if (journal_.after_names) journal_.after_names(journal_);
    return out;
  }
  Result<bool> read(const std::string& name, Bytes& out) override {
    const auto found = journal_.files.find(name);
    if (found == journal_.files.end()) return false;
    out = found->second;
    return true;
  }
  bool is_under_way() const override { return journal_.under_way; }

 private:
  Journal& journal_;
};

FrozenView::Open live(Journal& journal) {
  return [&journal]() -> Result<std::unique_ptr<JournalView>> {
    ++journal.opened;
    return std::make_unique<LiveView>(journal);
  };
}

Journal small_journal() {
  Journal journal;
  journal.files = {{"logs/checkpoint", {1}}, {"instance/checkpoint", {1}}, {"instance/tile/0/000.p/5", {5}},
                   {"instance/tile/0/x001/000", {9}}};
  return journal;
}

TEST(FrozenView, keeps_what_a_publication_replaces) {
  Journal journal = small_journal();
  auto view = FrozenView::capture(live(journal));
  ASSERT_TRUE(view);
  journal.files.erase("instance/tile/0/000.p/5");
  journal.files["instance/tile/0/000.p/6"] = {6};
  journal.files["logs/checkpoint"] = {2};
  Bytes bytes;
  EXPECT_TRUE((*view)->read("instance/tile/0/000.p/5", bytes).value());
  EXPECT_EQ(bytes, Bytes{5});
  EXPECT_TRUE((*view)->read("logs/checkpoint", bytes).value());
  EXPECT_EQ(bytes, Bytes{1});
  const auto names = (*view)->names().value();
  EXPECT_EQ(std::ranges::count(names, "instance/tile/0/000.p/6"), 0);
}

TEST(FrozenView, reads_full_tiles_when_they_are_asked_for) {
  Journal journal = small_journal();
  auto view = FrozenView::capture(live(journal));
  ASSERT_TRUE(view);
  journal.files["instance/tile/0/x001/000"] = {7};  // nobody but a forger does that: it has to be seen
  Bytes bytes;
  EXPECT_TRUE((*view)->read("instance/tile/0/x001/000", bytes).value());
  EXPECT_EQ(bytes, Bytes{7});
}

TEST(FrozenView, starts_over_when_a_publication_fell_in_between) {
  Journal journal = small_journal();
  journal.after_names = [](Journal& j) {
    j.files.erase("instance/tile/0/000.p/5");
    j.files["instance/tile/0/000.p/6"] = {6};
    j.files["logs/checkpoint"] = {2};
    j.after_names = nullptr;
  };
  auto view = FrozenView::capture(live(journal));
  ASSERT_TRUE(view);
  EXPECT_GT(journal.opened, 2);
  Bytes bytes;
  EXPECT_TRUE((*view)->read("logs/checkpoint", bytes).value());
  EXPECT_EQ(bytes, Bytes{2});
  EXPECT_TRUE((*view)->read("instance/tile/0/000.p/6", bytes).value());
}

TEST(FrozenView, starts_over_when_a_publication_began_or_ended) {
  Journal journal = small_journal();
  journal.under_way = true;
  journal.after_names = [](Journal& j) {
    j.under_way = false;
    j.after_names = nullptr;
  };
  auto view = FrozenView::capture(live(journal));
  ASSERT_TRUE(view);
  EXPECT_FALSE((*view)->is_under_way());
}

TEST(FrozenView, gives_up_on_a_journal_that_never_keeps_still) {
  Journal journal = small_journal();
  journal.after_names = [](Journal& j) { ++j.files["logs/checkpoint"][0]; };
  const auto view = FrozenView::capture(live(journal));
  ASSERT_FALSE(view);
  EXPECT_EQ(view.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace sealbook::audit
