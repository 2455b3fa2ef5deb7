#include "app/messages/outbox.hpp"

#include "storage/tables/outbox.hpp"

namespace sealbook::app::outbox {

void queue(storage::Transaction& tx, const Intent& intent) {
  storage::outbox::insert(tx, {0, intent.due, intent.purpose, intent.patient, intent.appointment, intent.version,
                               intent.link, intent.event, intent.invitation});
}

}  // namespace sealbook::app::outbox
