// What the demo's organisations are made of: places, people, services and hours, as one would find
// them. Everything is made up; addresses are of example.test and numbers of 202-555-01xx.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/tenant.hpp"

namespace sealbook::cli {

struct DemoSite {
  std::string_view name, zone;
  std::vector<std::string_view> rooms;
};

// Who somebody is decides what they are asked for.
enum class DemoRole : std::uint8_t { physician, nurse, counsellor, study_nurse };
struct DemoPerson {
  std::string_view name;
  DemoRole role;
  std::size_t site;
  std::string_view from, until;  // on working days, with an hour at noon
  int days_off = -1;             // a weekday, Monday is 0
};

struct DemoService {
  std::string_view name, description;
  int minutes, buffer_after, grid;
  bool room;
  std::vector<DemoRole> by;
  bool for_everyone = false;  // on the public page
};

struct DemoEvent {
  std::string_view name, description;
  std::vector<std::size_t> services;
  int days, visits_per_person;
  std::size_t participants;
};

struct DemoTenant {
  std::string_view slug, name, message_name, phone;
  std::vector<app::Regime> regime;
  std::vector<DemoSite> sites;
  std::vector<DemoPerson> people;
  std::vector<DemoService> services;
  std::vector<DemoEvent> events;
  std::size_t patients, visits;
};

const DemoTenant& harbour_clinic();
const DemoTenant& northgate_research();

// Names for patients.
std::span<const std::string_view> demo_given_names();
std::span<const std::string_view> demo_family_names();

}  // namespace sealbook::cli
