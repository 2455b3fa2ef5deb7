// Template is the text of a message with fields in it, checked: there is no way to hold one that
// says more than its channel may carry.
//
//   {{organisation.message_name}}    a field (fields.hpp)
//   {{#time}}…{{/time}}              shown when day and time may be said, and are known
//   {{^time}}…{{/time}}              shown when not
//   {{! note to the next author }}   never shown
//
// Other sections: `place`, `link`, `unsubscribe`. They do not nest. A section's tag that is alone
// on its line takes the line with it. There is no escape, no loop and no call: a template decides
// nothing. Values, immutable; threads: any.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "domain/messages/fields.hpp"

namespace sealbook::messages {

struct TemplateText {
  Channel channel = Channel::email;
  Locale locale = Locale::en;
  Purpose purpose = Purpose::reminder;
  std::string subject;  // empty: the shipped one of that purpose; channels without a subject: empty
  std::string body;
  bool operator==(const TemplateText&) const = default;
};

enum class Section : std::uint8_t { time, place, link, unsubscribe };
enum class Sense : std::uint8_t { shown, hidden };  // {{#…}} and {{^…}}

// One run of text, or one field, and the section that it stands in.
struct Part {
  std::string text;  // when there is no field
  std::optional<FieldName> field;
  std::optional<Section> section;
  Sense sense = Sense::shown;
};

class Template {
 public:
  // Checks everything: syntax, known fields, class against the channel's limit, what every message
  // has to say, plain text, length. Fails with `invalid` and one FieldError per broken rule,
  // pointer
  // "/subject" or "/body"; the sentence names field, rule and column (from 1, in characters).
  // Rules: "syntax", "unknown_field", "unknown_section", "data_class", "placement", "purpose",
  // "required", "characters", "plain_text", "link", "sensitive_word", "length", "not_allowed".
  static Result<Template> parse(TemplateText text);

  const TemplateText& text() const { return text_; }
  Channel channel() const { return text_.channel; }
  Purpose purpose() const { return text_.purpose; }
  Locale locale() const { return text_.locale; }
  const std::vector<Part>& subject() const { return subject_; }
  const std::vector<Part>& body() const { return body_; }
  bool names(FieldName field) const;  // in the body

 private:
  Template() = default;
  TemplateText text_;
  std::vector<Part> subject_;
  std::vector<Part> body_;
};

}  // namespace sealbook::messages
