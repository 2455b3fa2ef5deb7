// Where a request behind a personal link stands: shared by the files of these pages.
#pragma once

#include "ui/links/link_pages.hpp"

namespace sealbook::ui {

struct LinkPages::Here {
  app::links::LinkRequest request;
  std::string base;  // "/l/{token}"
  Shell shell;       // once the link is known to be good
  std::optional<app::links::LinkSession> session;
  app::links::PersonPage person;

  std::string path(std::string_view below) const { return base + "/" + std::string(below); }
};

// The frame of a tenant's messages: its neutral name, and the number to call.
Shell message_shell(const app::Tenant& tenant, std::string_view title);
// The page for an error of a rule: too many, too late, not now.
net::HttpResponse explain(const PageCall& call, Shell shell, const Error& error,
                          const std::string& back);

const app::links::VisitOnPage* find_visit(const app::links::PersonPage& person,
                                          const std::optional<AppointmentId>& id);
TimeZone zone_named_or_utc(std::string_view id);
Html visit_card(const PageCall& call, const app::links::VisitOnPage& visit, const Html& below);

}  // namespace sealbook::ui
