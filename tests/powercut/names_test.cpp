#include "names.hpp"

#include <gtest/gtest.h>

#include <set>

namespace powercut {
namespace {

constexpr NodeId root = 1;
constexpr std::uint64_t seeds = 300;

NameChange set(NodeId folder, std::string name, NodeId node) { return {{{folder, std::move(name), node}}}; }
NameChange move(std::string from, std::string to, NodeId node) { return {{{root, from, 0}, {root, to, node}}}; }

// The durable names of the root after a cut with each seed.
template <class Prepare>
std::set<Entries> outcomes(Prepare prepare) {
  std::set<Entries> all;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Names names;
    prepare(names);
    Luck luck(seed);
    names.settle(luck);
    all.insert(names.durable(root));
  }
  return all;
}

TEST(Names, a_rename_loses_neither_name) {
  const auto found = outcomes([](Names& names) {
    names.seed(root, "a", 5);
    names.record(move("a", "b", 5));
  });
  EXPECT_EQ(found, (std::set<Entries>{{{"a", 5}}, {{"b", 5}}}));
}

TEST(Names, replacing_a_file_leaves_the_old_or_the_new) {
  const auto found = outcomes([](Names& names) {
    names.seed(root, "state", 5);
    names.record(set(root, "state.new", 6));
    names.record(move("state.new", "state", 6));
  });
  EXPECT_EQ(found, (std::set<Entries>{{{"state", 5}}, {{"state", 5}, {"state.new", 6}}, {{"state", 6}}}));
}

TEST(Names, what_a_folder_synced_survives_every_cut) {
  const auto found = outcomes([](Names& names) {
    names.record(set(root, "a", 5));
    names.record(move("a", "b", 5));
    names.sync(root);
    names.record(set(root, "later", 6));
  });
  EXPECT_EQ(found, (std::set<Entries>{{{"b", 5}}, {{"b", 5}, {"later", 6}}}));
}

TEST(Names, a_later_change_of_a_name_keeps_the_earlier_ones) {
  const auto found = outcomes([](Names& names) {
    names.seed(root, "log", 5);
    names.record(move("log", "log.1", 5));
    names.record(set(root, "log", 6));
  });
  // Never {"log": 6} alone: that would lose the durable file 5.
  EXPECT_EQ(found, (std::set<Entries>{{{"log", 5}}, {{"log.1", 5}}, {{"log", 6}, {"log.1", 5}}}));
}

TEST(Names, unrelated_changes_may_survive_out_of_order) {
  const auto found = outcomes([](Names& names) {
    names.record(set(root, "first", 5));
    names.record(set(root, "second", 6));
  });
  EXPECT_TRUE(found.contains(Entries{{"second", 6}}));
  EXPECT_TRUE(found.contains(Entries{{"first", 5}}));
  EXPECT_TRUE(found.contains(Entries{}));
  EXPECT_EQ(found.size(), 4U);
}

TEST(Names, a_removed_file_may_come_back) {
  const auto found = outcomes([](Names& names) {
    names.seed(root, "a", 5);
    names.record(set(root, "a", 0));
  });
  EXPECT_EQ(found, (std::set<Entries>{{{"a", 5}}, {}}));
}

TEST(Names, syncing_another_folder_makes_nothing_durable_here) {
  constexpr NodeId other = 9;
  Names names;
  names.record(set(root, "a", 5));
  names.sync(other);
  EXPECT_TRUE(names.durable(root).empty());
  EXPECT_EQ(names.pending(), 1U);
}

TEST(Names, syncing_where_a_file_moved_to_also_takes_it_from_where_it_was) {
  constexpr NodeId other = 9;
  Names names;
  names.seed(root, "a", 5);
  names.record({{{root, "a", 0}, {other, "a", 5}}});
  names.sync(other);
  EXPECT_TRUE(names.durable(root).empty());
  EXPECT_EQ(names.durable(other), (Entries{{"a", 5}}));
}

TEST(Names, a_file_can_bring_its_names_along) {
  Names names;
  names.record(set(root, "a", 5));
  names.record(set(root, "b", 6));
  names.sync_names_of(5);
  EXPECT_EQ(names.durable(root), (Entries{{"a", 5}}));
}

TEST(Names, folders_that_were_moved_about_never_vanish_into_each_other) {
  constexpr NodeId a = 5;
  constexpr NodeId b = 6;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Names names;
    names.seed(root, "a", a);
    names.seed(root, "b", b);
    names.record({{{root, "a", 0}, {b, "a", a}}, true});
    names.record({{{b, "a", 0}, {root, "a", a}}, true});
    names.record({{{root, "b", 0}, {a, "b", b}}, true});
    Luck luck(seed);
    names.settle(luck);
    const bool a_at_root = names.durable(root).contains("a");
    const bool b_at_root = names.durable(root).contains("b");
    EXPECT_TRUE(a_at_root || b_at_root) << seed;
    EXPECT_TRUE(a_at_root || names.durable(b).contains("a")) << seed;
    EXPECT_TRUE(b_at_root || names.durable(a).contains("b")) << seed;
  }
}

}  // namespace
}  // namespace powercut
