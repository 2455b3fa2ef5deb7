// Shelf is one tenant's own templates in memory: a value that never changes once it is shared.
#pragma once

#include <map>
#include <memory>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/template.hpp"

namespace sealbook::app::templates {

struct Entry {
  TemplateId id;
  std::int64_t version = 1;
  bool active = true;
  Instant created;
  messages::TemplateText text;
  // Null when today's rules refuse what was stored under older ones: then it is not sent.
  std::shared_ptr<const messages::Template> made;
};

using Shelf = std::map<TemplateId, Entry>;

}  // namespace sealbook::app::templates
