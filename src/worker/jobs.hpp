// The background jobs of a server, ready to be added to a Runner.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/messages/deliver.hpp"
#include "app/messages/inbound.hpp"
#include "worker/runner.hpp"

namespace sealbook::worker {

// Takes up what is due and hands it to the mailer. `delivery` outlives the runner.
Job message_job(app::Delivery& delivery);

// Opens the tasks of the day.
Job task_job(app::App& app);

// Forgets visitors of the public page who have not proven their address.
Job visitor_job(app::App& app);

// What a mail that came back says, as its parser found it.
struct InboundItem {
  enum class Kind : std::uint8_t { bounce, reply, other } kind = Kind::other;
  std::string token;
  app::Failure failure = app::Failure::passing;
  SensitiveText recipient;  // of a bounce: whom it is about
  SensitiveText calendar;
};
// Where returned mail waits: `next` hands out one, `done` files it away.
struct Inbox {
  std::function<Result<std::optional<InboundItem>>()> next;
  std::function<Result<void>()> done;
};
Job inbox_job(app::App& app, Inbox inbox);

}  // namespace sealbook::worker
