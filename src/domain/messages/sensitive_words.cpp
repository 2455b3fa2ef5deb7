#include "domain/messages/sensitive_words.hpp"

#include <algorithm>

#include "domain/messages/plain_text.hpp"

namespace sealbook::messages {
namespace {

// Folded: lower case, without accents. Plurals in -s and -es are found as well.
constexpr std::string_view words[] = {
    // both languages
    "abortion", "aborto", "biopsy", "biopsia", "cancer", "dialysis", "dialisis", "hepatitis", "hiv",
    "vih", "sida", "tumor", "tumour", "prenatal", "sexual", "diabetes", "endoscopy", "endoscopia",
    "colonoscopy", "colonoscopia", "methadone", "metadona", "dementia", "demencia", "autism",
    "autismo", "alzheimer",
    // English
    "oncology", "oncologist", "chemotherapy", "radiotherapy", "psychiatry", "psychiatric",
    "psychiatrist", "psychology", "psychologist", "psychotherapy", "counselling", "counseling",
    "addiction", "detox", "rehab", "fertility", "infertility", "ivf", "pregnancy", "pregnant",
    "gynecology", "gynaecology", "gynecologist", "gynaecologist", "obstetrics", "urology",
    "urologist", "cardiology", "cardiologist", "dermatology", "dermatologist", "neurology",
    "neurologist", "nephrology", "hospice", "transgender", "std", "sti", "mammogram", "diagnosis",
    // Spanish
    "oncologia", "oncologo", "oncologa", "quimioterapia", "radioterapia", "psiquiatria",
    "psiquiatrico", "psiquiatra", "psicologia", "psicologo", "psicologa", "psicoterapia",
    "adiccion", "adiccione", "desintoxicacion", "fertilidad", "infertilidad", "embarazo",
    "embarazada", "ginecologia", "ginecologo", "ginecologa", "obstetricia", "urologia", "urologo",
    "cardiologia", "cardiologo", "dermatologia", "dermatologo", "neurologia", "neurologo",
    "nefrologia", "mamografia", "diagnostico", "transexual"};

bool is_listed(std::string_view word) {
  const auto listed = [](std::string_view w) {
    return std::ranges::find(words, w) != std::end(words);
  };
  return listed(word) || (word.ends_with('s') && listed(word.substr(0, word.size() - 1))) ||
         (word.ends_with("es") && listed(word.substr(0, word.size() - 2)));
}

}  // namespace

void check_sensitive_words(std::string_view text, Channel channel, Complaints& complaints) {
  if (row_of(channel).limit > DataClass::operational) return;
  std::string word;
  std::size_t begins = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t here = at;
    char32_t c = at < text.size() ? without_accent(next_character(text, at)) : U' ';
    if (here == text.size()) ++at;
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c >= 'a' && c <= 'z') {
      if (word.empty()) begins = here;
      word += static_cast<char>(c);
      continue;
    }
    if (is_listed(word))
      complaints.add(
          "sensitive_word", begins,
          filled("The word % tells what the visit is about; the channel % is read by others.",
                 {word, row_of(channel).name}));
    word.clear();
  }
}

}  // namespace sealbook::messages
