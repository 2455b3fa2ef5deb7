// Pages answers what is not the API: health, the API's description, explanations of problems, the
// log's tiles under their public names, and in demo mode the demo's page.
//
// Threads: handle() on any. What it refers to outlives it.
#pragma once

#include <map>
#include <string>

#include "net/http_server.hpp"

namespace sealbook::ui {

struct PageFacts {
  std::string openapi;               // the document
  std::function<bool()> healthy;     // may the server change anything just now
  std::string demo_ready;            // demo mode: what the demo's page needs; empty otherwise
};

class Pages final : public net::HttpHandler {
 public:
  explicit Pages(PageFacts facts);
  void handle(net::HttpRequest request, net::Responder responder) override;

 private:
  net::HttpResponse answer(const net::HttpRequest& request) const;
  net::HttpResponse health() const;
  PageFacts facts_;
  std::map<std::string, net::HttpResponse, std::less<>> fixed_;
};

}  // namespace sealbook::ui
