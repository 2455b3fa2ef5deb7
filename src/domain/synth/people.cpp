#include "domain/synth/people.hpp"

#include <array>

namespace sealbook::synth {
namespace {

// Made for this program; common words for "example" and "sample" among family names on purpose.
constexpr std::array given_names{"Ana",
                                 "Ben",
                                 "Chloe",
                                 "Dev",
                                 "Elif",
                                 "Femi",
                                 "Grace",
                                 "Hugo",
                                 "Ines",
                                 "Jonas",
                                 "Kira",
                                 "Liam",
                                 "Maria",
                                 "Noah",
                                 "Olga",
                                 "Pablo",
                                 "Quinn",
                                 "Rosa",
                                 "Sami",
                                 "Tess",
                                 "Uma",
                                 "Viktor",
                                 "Wanda",
                                 "Ximena",
                                 "Yusuf",
                                 "Zoe",
                                 "A\xC3\xAFsha",
                                 "Bj\xC3\xB6rn",
                                 "C\xC3\xA9line",
                                 "\xC3\x89loi",
                                 "I\xC3\xB1igo",
                                 "Jos\xC3\xA9",
                                 "Luc\xC3\xAD"
                                 "a",
                                 "N\xC3\xBAria",
                                 "\xC3\x93scar",
                                 "Ren\xC3\xA9"
                                 "e",
                                 "S\xC3\xB6ren",
                                 "Zo\xC3\xAB",
                                 "Ana Luz",
                                 "Jean-Luc",
                                 "Mar\xC3\xAD"
                                 "a Jos\xC3\xA9",
                                 "\xE6\x98\x8E",
                                 "\xE6\x99\xB4\xE5\xAD\x90",
                                 "\xEC\xA7\x80\xED\x98\x9C",
                                 "\xD9\x84\xD9\x8A\xD9\x84\xD9\x89",
                                 "\xD9\x8A\xD9\x88\xD8\xB3\xD9\x81",
                                 "\xD0\x9E\xD0\xBB\xD1\x8F",
                                 "\xCE\x95\xCE\xBB\xCE\xAD\xCE\xBD\xCE\xB7"};
constexpr std::array family_names{"Example",
                                  "Sample",
                                  "Testa",
                                  "Muster",
                                  "Prueba",
                                  "Essai",
                                  "Campione",
                                  "Proef",
                                  "Exemplo",
                                  "Voorbeeld",
                                  "Demo",
                                  "Fiktiv",
                                  "O'Sample",
                                  "D'Esempio",
                                  "van der Proef",
                                  "de la Prueba",
                                  "Mac Sample",
                                  "Example-Essai",
                                  "Nu\xC3\xB1o",
                                  "Pe\xC3\xB1"
                                  "a",
                                  "Garc\xC3\xAD"
                                  "a",
                                  "L\xC3\xB3pez",
                                  "Ib\xC3\xA1\xC3\xB1"
                                  "ez",
                                  "M\xC3\xBCster",
                                  "\xC3\x85kerprov",
                                  "\xC5\x81\xC4\x85ka",
                                  "\xC3\x98rebro",
                                  "Sa\xC3\xAF"
                                  "d",
                                  "Na\xC3\xAFm",
                                  "Fictivo",
                                  "Inventado",
                                  "Ersatz",
                                  "Placeholder",
                                  "Specimen",
                                  "Maquette",
                                  "Muestra",
                                  "Modelo",
                                  "Esquema",
                                  "Prototyp",
                                  "Attrappe",
                                  "\xE4\xBE\x8B",
                                  "\xE7\x94\xB0\xE4\xB8\xAD",
                                  "\xEC\x98\x88",
                                  "\xD9\x85\xD8\xAB\xD8\xA7\xD9\x84",
                                  "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xBC\xD0\xB5\xD1\x80",
                                  "\xCE\x94\xCE\xB5\xCE\xAF\xCE\xB3\xCE\xBC\xCE\xB1",
                                  "Ngozi",
                                  "Okafor"};
constexpr std::size_t people_a_day = 100;   // as many as there are telephone numbers
constexpr std::size_t birth_days = 25'000;  // 1936 to 2004

std::string padded(std::size_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

// A place in the table of names that is each person's own among those born the same day.
std::size_t pair_of(std::uint64_t seed, std::size_t i) {
  constexpr std::size_t pairs = given_names.size() * family_names.size();
  static_assert(pairs % 37 != 0);
  const std::size_t turn = Dice(seed ^ (i / people_a_day + 1)).below(pairs);
  return (i % people_a_day * 37 + turn) % pairs;
}

}  // namespace

std::uint64_t Dice::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

Person person(std::uint64_t seed, std::size_t i) {
  Dice dice(seed * 0x100000001B3 + i);
  Person made;
  made.external_id = "P-" + padded(i + 1, 6);
  const std::size_t pair = pair_of(seed, i);
  HumanName& name = made.record.name;
  name.given.push_back(SensitiveText(given_names[pair / family_names.size()]));
  name.family = SensitiveText(family_names[pair % family_names.size()]);
  if (dice.below(5) == 0)
    name.second_family = SensitiveText(family_names[dice.below(family_names.size())]);
  const auto day = (i / people_a_day * 7919 + seed % birth_days) % birth_days;
  const auto first = std::chrono::sys_days(std::chrono::year(1936) / 1 / 1);
  made.record.birth_date = Sensitive(std::chrono::year_month_day(first + std::chrono::days(day)));
  if (dice.below(20) != 0) {
    Contact mail;
    mail.value = SensitiveText("person" + std::to_string(i + 1) + "@example.test");
    made.record.contacts.push_back(std::move(mail));
  }
  if (dice.below(20) != 0) {
    Contact phone;
    phone.kind = ContactKind::phone;
    phone.value = SensitiveText("+120255501" + padded(i % people_a_day, 2));
    made.record.contacts.push_back(std::move(phone));
  }
  made.record.language = SensitiveText(name.second_family ? "es" : "en");
  return made;
}

std::string practitioner_name(std::uint64_t seed, std::size_t i) {
  constexpr std::size_t pairs = given_names.size() * family_names.size();
  const std::size_t pair = (i * 61 + Dice(seed).below(pairs)) % pairs;
  return std::string("Dr. ") + given_names[pair / family_names.size()] + " " +
         family_names[pair % family_names.size()];
}

}  // namespace sealbook::synth
