#include "worker/jobs.hpp"

#include "app/links/public_booking.hpp"
#include "app/tasks/manage.hpp"
#include "base/log.hpp"

namespace sealbook::worker {

Job message_job(app::Delivery& delivery) {
  // A batch ends within the time-outs of the mailer; the deadline is looked at between batches.
  return {"messages", std::chrono::milliseconds(100), std::chrono::seconds(30), [&delivery](const Stop& stop) -> Result<void> {
            delivery.run(stop);
            return {};
          }};
}

Job task_job(app::App& app) {
  return {"tasks", std::chrono::minutes(5), std::chrono::seconds(30), [&app](const Stop& stop) -> Result<void> {
            for (const auto& tenant : app.tenants.all()) {
              if (stop()) break;
              TRY(opened, app::tasks::open_todays(app, tenant));
              if (opened > 0) log::info("tasks_opened", {{"tenant", tenant->id()}, {"count", static_cast<std::int64_t>(opened)}});
            }
            return {};
          }};
}

Job visitor_job(app::App& app) {
  return {"visitors", std::chrono::minutes(5), std::chrono::seconds(30), [&app](const Stop& stop) -> Result<void> {
            for (const auto& tenant : app.tenants.all()) {
              if (stop()) break;
              ENSURE(app::links::forget_unproven(app, tenant));
            }
            return {};
          }};
}

Job inbox_job(app::App& app, Inbox inbox) {
  return {"inbox", std::chrono::seconds(10), std::chrono::seconds(30),
          [&app, inbox = std::move(inbox)](const Stop& stop) -> Result<void> {
            while (!stop()) {
              TRY(item, inbox.next());
              if (!item) break;
              // A store that cannot be reached leaves the mail where it is.
              if (item->kind == InboundItem::Kind::bounce) 
                ENSURE(app::take_bounce(app, item->token, item->failure, item->recipient));
              if (item->kind == InboundItem::Kind::reply) ENSURE(app::take_reply(app, item->token, item->calendar));
              ENSURE(inbox.done());
            }
            return {};
          }};
}

}  // namespace sealbook::worker
