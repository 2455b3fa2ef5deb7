// Delivery takes up what is due, for every tenant, and hands it to the mailer: claim, send, record,
// until nothing is due.
//
// Sending happens outside any transaction, on several threads. What came of it is recorded in
// batches, at the latest `record_every` after the first of a batch. THE WINDOW IN WHICH A MAIL CAN
// DOUBLE: between the carrier's answer and the commit of that record, thus `record_every` and one
// commit. A process that dies in it finds the rows leased and their end not recorded, counts each as
// unsure, and sends it again with the same Message-ID. `Counts::unsure` bounds the doubles.
//
// What the store knows of some messages is read together, and again before a mail that is handed over
// more than half a second later: an opt-out or a move counts that much late at most.
//
// Threads: run() by one thread at a time; it uses its own pool. Failures are logged and met again.
#pragma once

#include <functional>
#include <map>

#include "app/messages/claim.hpp"
#include "app/messages/prepare_mail.hpp"
#include "base/task_pool.hpp"

namespace sealbook::app {

inline constexpr Micros record_every = std::chrono::milliseconds(100);

struct DeliveryOptions {
  unsigned threads = 8;
  Micros look_ahead = std::chrono::seconds(20);  // reminders are looked for this far ahead
  std::int64_t batch = 200;
};

struct DeliveryCounts {
  std::size_t handed_over = 0, refused = 0, withdrawn = 0, put_off = 0;
};

class Delivery {
 public:
  Delivery(App& app, DeliveryOptions options);
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  // One look at every tenant; ends early when `stop` says so. Answers with what came of it.
  DeliveryCounts run(const std::function<bool()>& stop);

 private:
  struct Watch {  // what is known of a tenant's reminders
    Instant seen_until;              // moments up to here are in `ahead` or done
    std::vector<DueReminder> ahead;  // in order of due
    bool leases_are_mine = true;     // not looked at since the process started
  };
  struct Round;

  Result<DeliveryCounts> run_tenant(const std::shared_ptr<Tenant>& tenant, const std::function<bool()>& stop);
  Result<void> look_ahead(const Tenant& tenant, const MessageSettings& settings, Watch& watch);
  Result<DeliveryCounts> send_all(const std::shared_ptr<Tenant>& tenant, const RoundFacts& facts,
                                  std::vector<MessageRow> rows);

  App& app_;
  DeliveryOptions options_;
  std::map<TenantId, Watch> watches_;
  TaskPool pool_;
};

// When a message that could not be handed over is tried again: half a minute, doubling to an hour,
// with a quarter of jitter so that many do not come at once; nothing when it makes sense no more.
std::optional<Instant> next_try(const MessageRow& row, Instant now, double jitter);

}  // namespace sealbook::app
