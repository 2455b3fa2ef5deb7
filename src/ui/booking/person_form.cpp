#include "ui/booking/person_form.hpp"

#include <algorithm>
#include <charconv>

#include "ui/words.hpp"

namespace sealbook::ui {
namespace {

struct TextField {
  std::string_view name, label, type, autocomplete, wrong;
};

Html text_field(const PageCall& call, const TextField& field) {
  const std::string id(field.name);
  const bool is_wrong = !field.wrong.empty();
  Html out = el("label", attr("for", id), field.label);
  if (is_wrong) out.add(el("span", attr("class", "wrong"), attr("id", id + "-wrong"), field.wrong));
  out.add(el("input", attr("id", id), attr("name", field.name), attr("type", field.type),
             flag("required"), attr("autocomplete", field.autocomplete), attr("maxlength", "200"),
             attr("value", call.form.get(field.name)), when(is_wrong, attr("aria-invalid", "true")),
             when(is_wrong, attr("aria-describedby", id + "-wrong"))));
  return el("div", attr("class", "field"), out);
}

Html part_of_date(const PageCall& call, std::string_view name, std::string_view label,
                  std::string_view autocomplete, std::string_view length) {
  return el("div", el("label", attr("for", name), label),
            el("input", attr("id", name), attr("name", name), attr("inputmode", "numeric"),
               attr("type", "text"), attr("autocomplete", autocomplete), attr("maxlength", length),
               flag("required"), attr("value", call.form.get(name))));
}

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 0)
    return std::nullopt;
  return number;
}

std::string_view wrong_if(const PageCall& call, const Error* error, std::string_view pointer,
                          const Words& sentence) {
  return error != nullptr && names(*error, pointer) ? call.speak(sentence) : std::string_view();
}

}  // namespace

bool names(const Error& error, std::string_view pointer) {
  return std::ranges::any_of(error.fields,
                             [&](const FieldError& f) { return f.pointer.starts_with(pointer); });
}

std::string_view own_path(std::string_view path, std::string_view base) {
  const bool plain = path.starts_with(base) && std::ranges::all_of(path, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || std::string_view("/?&=%-_.:~").contains(c);
                     });
  return plain ? path : base;
}

Html birth_fields(const PageCall& call, std::string_view wrong) {
  const Html day = part_of_date(call, "birth-day", call.speak(words::day), "bday-day", "2");
  const Html month = part_of_date(call, "birth-month", call.speak(words::month), "bday-month", "2");
  const Html year = part_of_date(call, "birth-year", call.speak(words::year), "bday-year", "4");
  Html parts;
  if (call.speak.locale() == Locale::es) parts.add(day).add(month).add(year);
  else parts.add(month).add(day).add(year);
  Html out = el("legend", call.speak(words::birth_date));
  out.add(el("span", attr("class", "hint"), call.speak(words::birth_hint)));
  if (!wrong.empty()) out.add(el("span", attr("class", "wrong"), wrong));
  out.add(el("div", attr("class", "parts"), parts));
  return el("fieldset", attr("class", "field"), out);
}

std::optional<Sensitive<std::chrono::year_month_day>> read_birth(const Fields& form) {
  const auto day = number_in(form.get("birth-day")), month = number_in(form.get("birth-month")),
             year = number_in(form.get("birth-year"));
  if (!day || !month || !year || *day > 31 || *month > 12 || *year < 1000 || *year > 9999)
    return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional(Sensitive(date)) : std::nullopt;
}

Html person_form(const PageCall& call, const PersonForm& form) {
  const auto& speak = call.speak;
  Html main = heading(speak(words::about_you));
  if (form.error != nullptr)
    main.add(
        alarm(speak(names(*form.error, "/solution") ? words::wrong_work : words::check_fields)));
  main.add(form.visit);
  main.add(el("p", attr("class", "soft"), speak(words::about_you_why)));
  Html fields;
  fields.add(text_field(call, {"given", speak(words::given_name), "text", "given-name",
                               wrong_if(call, form.error, "/name/given", words::wrong_name)}));
  fields.add(text_field(call, {"family", speak(words::family_name), "text", "family-name",
                               wrong_if(call, form.error, "/name/family", words::wrong_name)}));
  fields.add(birth_fields(call, wrong_if(call, form.error, "/birth_date", words::wrong_birth)));
  fields.add(text_field(call, {"email", speak(words::email), "email", "email",
                               wrong_if(call, form.error, "/email", words::wrong_email)}));
  fields.add(hidden("offer", form.offer))
      .add(hidden("again", form.again))
      .add(hidden("challenge", form.challenge));
  fields.add(hidden("answer", ""));
  fields.add(el("p", attr("role", "status"), attr("class", "soft")));
  fields.add(button(speak(words::go_on)));
  fields.add(el("noscript", el("p", attr("class", "alarm"), speak(words::needs_script))));
  return main
      .add(post_form(call, form.path, fields, attr("data-work", std::to_string(form.bits)),
                     attr("data-busy", speak(words::busy))))
      .add(el("p", el("a", attr("class", "tap"), href(form.again), speak(words::another_time))));
}

Result<app::links::PublicVisitor> read_person(const PageCall& call) {
  const Fields& form = call.form;
  Error error = make_error(ErrorCode::invalid);
  const auto require = [&](std::string_view field, std::string_view pointer) {
    if (form.get(field).empty())
      error.fields.push_back({std::string(pointer), "required", "It is missing."});
  };
  require("given", "/name/given");
  require("family", "/name/family");
  require("email", "/email");
  const auto birth = read_birth(form);
  if (!birth) error.fields.push_back({"/birth_date", "date", "It is no date."});
  if (!error.fields.empty()) return fail(std::move(error));
  app::links::PublicVisitor visitor;
  visitor.name.given.emplace_back(std::string(form.get("given")));
  visitor.name.family = SensitiveText(std::string(form.get("family")));
  visitor.birth_date = *birth;
  visitor.email = SensitiveText(std::string(form.get("email")));
  visitor.offer = std::string(form.get("offer"));
  visitor.challenge = std::string(form.get("challenge"));
  visitor.solution = std::string(form.get("answer"));
  return visitor;
}

}  // namespace sealbook::ui
