#include "cli/demo_plan.hpp"

#include <array>

namespace sealbook::cli {
namespace {

using enum DemoRole;

constexpr std::array<std::string_view, 24> given_names{
    "Ana",   "Ben",   "Chloe", "Dev",  "Elif",  "Femi",   "Grace", "Hugo",
    "Ines",  "Jonas", "Kira",  "Liam", "María", "Noah",   "Olga",  "Pablo",
    "Quinn", "Rosa",  "Sami",  "Tess", "Uma",   "Víctor", "Wren",  "Yusuf"};
constexpr std::array<std::string_view, 14> family_names{
    "Example", "Sample",  "Testa",     "Muster", "Prueba", "Essai", "Campione",
    "Proef",   "Exemplo", "Voorbeeld", "Demo",   "Fiktiv", "Örnek", "Peça"};

}  // namespace

const DemoTenant& harbour_clinic() {
  static const DemoTenant plan{
      .slug = "harbour-clinic",
      .name = "Harbour Clinic",
      .message_name = "Harbour House",
      .phone = "+12025550100",
      .regime = {app::Regime::healthcare},
      .sites = {{"Harbour Street",
                 "America/New_York",
                 {"Room 1", "Room 2", "Room 3", "Treatment room", "Quiet room"}},
                {"Hill Road", "America/New_York", {"Room A", "Room B", "Quiet room"}},
                {"Mesa Avenue", "America/Denver", {"Room 1", "Room 2", "Quiet room"}}},
      .people = {{"Dr. Miriam Okafor", physician, 0, "08:00", "17:00"},
                 {"Dr. Tomás Rivera", physician, 0, "09:00", "18:00", 4},
                 {"Dr. Helen Park", physician, 0, "08:00", "16:00"},
                 {"Samir Haddad, RN", nurse, 0, "08:00", "16:00"},
                 {"Joanne Fields, RN", nurse, 0, "09:00", "17:00", 2},
                 {"Lucía Ortega, LCSW", counsellor, 0, "10:00", "18:00"},
                 {"Dr. Priya Nair", physician, 1, "09:00", "17:00"},
                 {"Dr. Owen Clarke", physician, 1, "08:00", "17:00", 0},
                 {"Beth Lindqvist, RN", nurse, 1, "08:00", "17:00"},
                 {"Dr. Kenji Mori", physician, 2, "08:00", "17:00"},
                 {"Dr. Alma Reyes", physician, 2, "09:00", "18:00", 4},
                 {"Daniel Whitehorse, LPC", counsellor, 2, "09:00", "17:00"}},
      .services =
          {{"First visit", "For people who are new here.", 45, 15, 15, true, {physician, nurse, counsellor}, true},
           {"Follow-up", "To see how things are going.", 20, 10, 10, true, {physician}},
           {"Vaccination", "A quick one; no need to undress.", 10, 5, 5, true, {nurse}, true},
           {"Blood draw", "Please come fasting.", 15, 5, 15, true, {nurse}},
           {"Video visit", "From wherever you are.", 30, 0, 30, false, {physician, counsellor}, true},
           {"Counselling", "An hour with time to talk.", 50, 10, 60, true, {counsellor}}},
      .events =
          {{"Sleep and recovery trial", "Two visits, about four weeks apart.", {1, 3}, 60, 2, 12}},
      .patients = 40,
      .visits = 48};
  return plan;
}

const DemoTenant& northgate_research() {
  static const DemoTenant plan{
      .slug = "northgate-research",
      .name = "Northgate Research",
      .message_name = "Northgate",
      .phone = "+12025550150",
      .regime = {app::Regime::research, app::Regime::gdpr},
      .sites = {{"Northgate House", "Europe/Madrid", {"Visit room 1", "Visit room 2", "Library"}}},
      .people = {{"Dr. Clara Vidal", physician, 0, "09:00", "18:00"},
                 {"Dr. Iker Zabala", physician, 0, "08:00", "17:00", 4},
                 {"Nerea Soler", study_nurse, 0, "09:00", "20:00"},
                 {"Marc Riera", study_nurse, 0, "12:00", "20:00", 0}},
      .services =
          {{"Screening visit",
            "The first visit of a study.",
            60,
            15,
            30,
            true,
            {physician, study_nurse}, true},
           {"Study visit", "As your plan says.", 30, 10, 30, true, {physician, study_nurse}},
           {"Evening talk",
            "Fifteen minutes about your child's part in the study.",
            15,
            5,
            20,
            true,
            {study_nurse}}},
      .events = {{"School evening", "Parents meet the study team.", {2}, 30, 1, 10}},
      .patients = 20,
      .visits = 16};
  return plan;
}

std::span<const std::string_view> demo_given_names() { return given_names; }
std::span<const std::string_view> demo_family_names() { return family_names; }

}  // namespace sealbook::cli
