// How long from due to handed over, at 1,000 messages a second, and how long does queueing 10,000 take?
//
//   bench_reminders [embedded|postgres] [messages=10000] [per_second=1000] [threads=8]
//
// Messages of visits that exist, each opened, rendered and passed through the gate; the sink is in
// this process and takes everything at once, so that what is measured is ours. Prints the seconds that
// queueing took, and p50, p99 and the worst of due to handed over.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "app/booking/visit.hpp"
#include "app/messages/agreements.hpp"
#include "app/messages/deliver.hpp"
#include "app/messages/outbox.hpp"
#include "app/patients/patients.hpp"
#include "base/random.hpp"
#include "cli/testing/world.hpp"
#include "storage/tables/messages.hpp"

namespace {

using namespace sealbook;
using cli::testing::World;

class Sink final : public Mailer {
 public:
  std::string_view vendor() const override { return "smtp"; }
  MailOutcome send(const EgressPermit&, const OutgoingMail&) override { return {MailVerdict::accepted, 250, {}}; }
};

app::CallContext as_admin(World& world, Permission permission) {
  const auto tenant = world.app().tenants.all().front();
  const Principal admin{new_id<AccountId>(), tenant->id(), Role::admin, std::nullopt, std::nullopt};
  return app::context_for(world.app(), tenant, admin, permission).value();
}

std::vector<PatientId> people(World& world, std::size_t count) {
  std::vector<PatientId> out;
  for (std::size_t i = 0; i < count; ++i) {
    PatientRecord record;
    record.name.given.emplace_back("Ada");
    record.name.family = SensitiveText("Example");
    record.birth_date = Sensitive(*parse_date("1984-03-12"));
    record.contacts.push_back({ContactKind::email, SensitiveText("p" + std::to_string(i) + "@example.test"), {}, {}, true, false, false});
    auto ctx = as_admin(world, Permission::patient_create);
    out.push_back(app::perform(ctx, app::create_patient(ctx, record)).value().id);
  }
  return out;
}

// 500 to a transaction, as invitations are sent.
template <class Each>
void in_chunks(World& world, std::size_t count, Each each) {
  for (std::size_t from = 0; from < count; from += 500) {
    auto ctx = app::system_context(world.app(), world.app().tenants.all().front());
    app::note_system(ctx, AuditAction::invitation_sent, audit::ResourceKind::none, {}, {});
    (void)app::perform(ctx, Result<app::Work<int>>([&](storage::Transaction& tx) -> Result<int> {
      for (std::size_t i = from; i < std::min(count, from + 500); ++i) each(tx, i);
      return 1;
    })).value();
  }
}

double seconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto in_seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return in_seconds(used.ru_utime) + in_seconds(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string engine = argc > 1 ? argv[1] : "embedded";
  const std::size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10'000;
  const long per_second = argc > 3 ? std::strtol(argv[3], nullptr, 10) : 1'000;
  const unsigned threads = argc > 4 ? static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10)) : 8;
  World world({engine == "postgres" ? sql::Engine::postgres : sql::Engine::sqlite, 4, 0, 8});
  Sink sink;
  world.app().mailer = &sink;
  world.app().mail_domain = "mail.example.test";
  world.app().mail_from = "desk@example.test";
  world.app().public_url = "https://book.example.test";
  // What a message has to name: without it every one is refused as not renderable.
  const auto tenant = world.app().tenants.all().front();
  app::TenantProfile profile = *tenant->profile();
  profile.message_name = "Example Clinic";
  profile.phone = "+12025550100";
  tenant->set_profile(std::move(profile));
  for (const auto kind : {messages::AgreementKind::baa, messages::AgreementKind::dpa}) {
    auto ctx = as_admin(world, Permission::vendor_manage);
    (void)app::perform(ctx, app::record_agreement(ctx, {"smtp", kind, "DE", messages::TransferBasis::none, {}, {}, {}})).value();
  }
  const auto persons = people(world, std::min<std::size_t>(count, 500));
  const LocationId place = world.tenant().organisation()->locations.begin()->first;
  std::vector<AppointmentId> visits(count);
  const Instant starts = world.slot(500);
  in_chunks(world, count, [&](storage::Transaction& tx, std::size_t i) {
    app::AppointmentRow row;
    row.id = visits[i] = new_id<AppointmentId>();
    row.patient = persons[i % persons.size()];
    row.service = world.visit();
    row.location = place;
    row.when = row.claimed = {starts, starts + std::chrono::minutes(30)};
    row.zone = "America/New_York";
    row.tzdata = "2026a";
    row.created = row.announced_at = tx.now();
    storage::appointments::insert(tx, row);
  });
  const auto queueing = std::chrono::steady_clock::now();
  const Instant first = world.app().store.now() + std::chrono::seconds(4);
  in_chunks(world, count, [&](storage::Transaction& tx, std::size_t i) {
    app::outbox::queue(tx, {messages::Purpose::confirmation, persons[i % persons.size()], visits[i], 1, {}, {}, {},
                            first + std::chrono::microseconds(1'000'000L * static_cast<long>(i) / per_second)});
  });
  std::printf("%zu queued in %.2f s\n", count, seconds(queueing));

  app::Delivery delivery(world.app(), {.threads = threads});
  std::size_t handed_over = 0, stopped = 0;
  const auto began = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  while (handed_over + stopped < count && seconds(began) < 300) {
    const auto done = delivery.run([] { return false; });
    handed_over += done.handed_over;
    stopped += done.refused + done.withdrawn;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::printf("%zu handed over, %zu refused or withdrawn after %.1f s, %.0f us CPU per message\n", handed_over, stopped,
              seconds(began), (cpu_seconds() - cpu) / static_cast<double>(count) * 1e6);
  std::vector<double> late;
  world.app().store.read(world.tenant().ref(), [&](storage::Snapshot& s) {
    for (const auto& person : persons)
      for (const auto& row : storage::ledger::list(s, {person, {}, 100'000}))
        if (row.state == messages::MessageState::handed_over) late.push_back(static_cast<double>((row.changed - row.due).count()) / 1e3);
  });
  std::ranges::sort(late);
  if (late.size() != count) std::printf("only %zu of %zu were handed over\n", late.size(), count);
  if (late.empty()) return 1;
  std::printf("due to handed over: p50 %.0f ms, p99 %.0f ms, worst %.0f ms (%s, %ld per second)\n", late[late.size() / 2],
              late[late.size() * 99 / 100], late.back(), engine.c_str(), per_second);
  return late.size() == count ? 0 : 1;
}
