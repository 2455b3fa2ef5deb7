// One request for a page on its way to an answer, and the frame that every page has: language,
// stylesheet, skip link, organisation and phone number.
//
// Pages are answered on a thread of the pool, GET and HEAD change nothing, a POST is looked at only
// when it comes from a page of ours (may_change) and ends in a redirect (POST, redirect, GET).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "net/http_message.hpp"
#include "ui/form.hpp"
#include "ui/html.hpp"
#include "ui/language.hpp"
#include "ui/same_origin.hpp"

namespace sealbook::ui {

struct PageCall {
  net::HttpRequest request;
  std::vector<std::string_view>
      steps;  // of the path, without the leading slash: "t", "harbour-clinic", …
  Fields query;
  Fields form;
  Visitor visitor;
  Speaker speak{Locale::en};
  bool language_chosen = false;  // by the person, in this browser

  bool is_post() const { return request.method == "POST"; }
  std::string_view step(std::size_t i) const {
    return i < steps.size() ? steps[i] : std::string_view();
  }
  std::string cookie(std::string_view name) const;
};

// `even` answers leave on a fixed schedule (see even_pace.hpp), so that their time tells nothing.
struct PageAnswer {
  net::HttpResponse response;
  bool even = false;
};

// Reads path, query, form, cookies and language; nothing when they are malformed: see
// bad_request().
std::optional<PageCall> read_call(net::HttpRequest request);
net::HttpResponse bad_request();

struct Shell {
  std::string title;
  std::string organisation;      // as it may be called on this page
  std::string phone;             // call-back number; empty: none
  std::string_view script = {};  // name below web/, if the page has one
  bool wide = false;
};

// A whole page. Sets the visitor's cookie when it is new.
net::HttpResponse page(const PageCall& call, int status, const Shell& shell, const Html& main);
// The same bytes for everybody: no cookie, no organisation, English and Spanish at once.
net::HttpResponse plain_page(int status, std::string_view title, const Html& main);

// A form that comes back: method, where to, the visitor's token, and its content.
Html post_form(const PageCall& call, std::string_view path, const Html& content,
               const Attribute& extra = {}, const Attribute& further = {});
// Whether the POST comes from such a form of this visitor.
bool may_change(const PageCall& call, std::string_view path);
net::HttpResponse refused_form(const PageCall& call, const Shell& shell);
// 303: the browser asks for the other page.
net::HttpResponse see_other(std::string path);

// Building blocks.
Html heading(std::string_view text);
Html note(std::string_view text);   // role status
Html alarm(std::string_view text);  // role alert
Html button(std::string_view text);
Html quiet_button(std::string_view text);
Html link_button(std::string_view path, std::string_view text);
Html hidden(std::string_view name, std::string_view value);

}  // namespace sealbook::ui
