// Templates of messages. Few and read whole at start; `sealed` holds subject and body.
#pragma once

#include <vector>

#include "domain/messages/message.hpp"
#include "storage/transaction.hpp"

namespace sealbook::storage {

struct TemplateRow {
  TemplateId id;
  std::int64_t version = 1;
  bool active = true;
  messages::Channel channel = messages::Channel::email;
  messages::Locale locale = messages::Locale::en;
  messages::Purpose purpose = messages::Purpose::reminder;
  Instant created;
  Bytes sealed;
};

namespace templates {
void insert(Transaction& tx, const TemplateRow& row);
// Writes `row.version` over the one before it; false when somebody was faster. Channel, locale,
// purpose and the time of making stay.
bool replace(Transaction& tx, const TemplateRow& row);
std::vector<TemplateRow> all(Snapshot& snapshot);
}  // namespace templates

}  // namespace sealbook::storage
