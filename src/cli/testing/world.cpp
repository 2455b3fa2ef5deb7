#include "cli/testing/world.hpp"

#include <stdexcept>

#include "app/accounts/tenants.hpp"
#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/patients/patients.hpp"
#include "base/random.hpp"
#include "security/audit/file_tile_store.hpp"
#include "sql/migrations.hpp"
#include "storage/tables/log_rows.hpp"

namespace sealbook::cli::testing {
namespace {

constexpr std::string_view environment = "test";
constexpr std::string_view origin = "world.example.test/journal";

// Unwraps what has to succeed here.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail + " " + result.error().cause);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void migrate(sql::Database& database, std::string_view set) {
  must(sql::migrate(database, sql::embedded_migrations(database.engine(), set)));
}

constexpr sql::Statement count_overlaps{"world.overlaps",
    "SELECT COUNT(*) FROM claims a JOIN claims b ON a.tenant = b.tenant AND a.resource = b.resource "
    "AND a.lane = b.lane AND a.starts < b.ends AND b.starts < a.ends AND a.id < b.id"};

}  // namespace

World::World(const WorldOptions& options) : data_(options.engine, &clock_, options.cache_kib), keyring_data_(options.engine, &clock_) {
  migrate(data_.database(), "");
  migrate(keyring_data_.database(), "keyring");
  Bytes root(32);
  fill_random(root);
  provider_ = std::make_unique<keys::KeyFileProvider>(Secret(std::move(root)));
  keyring_rows_ = std::make_unique<storage::KeyringRows>(keyring_data_.database());
  must(keys::Keyring::initialise(*keyring_rows_, *provider_, environment, clock_));
  keyring_ = must(keys::Keyring::open(*keyring_rows_, *provider_, environment, clock_));
  signer_ = std::make_unique<audit::CheckpointSigner>(std::string(origin), keyring_->instance().checkpoint_key());
  journal_rows_ = std::make_unique<storage::JournalRows>(data_.database());
  audit::SequencerOptions sequencing;
  if (options.engine == sql::Engine::sqlite) {
    tiles_ = std::make_unique<audit::FileTileStore>(audit_folder(), signer_->instance_key());
  } else {
    tiles_ = std::make_unique<storage::LogRows>(data_.database());
    sequencing.source = audit::SequencerOptions::Source::poll;
  }
  sequencer_ = std::make_unique<audit::Sequencer>(*tiles_, *journal_rows_, *signer_, clock_, sequencing);
  must(sequencer_->start());
  store_ = std::make_unique<storage::Store>(data_.database(), sequencer_.get());
  app_ = std::unique_ptr<app::App>(new app::App{*store_, *keyring_, *tiles_, clock_, std::string(environment), std::string(origin)});
  app_->sequencer = sequencer_.get();
  set_up(options);
}

World::~World() { sequencer_->stop(); }

void World::set_up(const WorldOptions& options) {
  auto ctx = app::operator_context(*app_);
  const auto made = must(app::perform(ctx, app::create_tenant(ctx, {"world", "World Clinic", "Your clinic", "", {app::Regime::healthcare}})));
  tenant_ = app_->tenants.find(made.id);
  desk_ = {made.admin, made.id, Role::admin, std::nullopt, std::nullopt};
  const auto act = [&](Permission permission, auto verb) {
    auto c = call(permission);
    return must(app::perform(c, verb(c)));
  };
  const auto manage = Permission::directory_manage;
  const Location site = act(manage, [&](auto& c) { return app::add_location(c, {"Site", "America/New_York"}); });
  app::AddSchedule always;
  always.location = site.id;
  for (std::uint8_t day = 0; day < 7; ++day) always.weekly.push_back({day, {"00:00", "24:00"}});
  for (std::size_t i = 0; i < options.practitioners; ++i) {
    const Resource person = act(manage, [&](auto& c) {
      return app::add_resource(c, {ResourceKind::practitioner, "Dr. World " + std::to_string(i), 1, std::nullopt, std::nullopt});
    });
    always.resource = person.id;
    act(manage, [&](auto& c) { return app::add_schedule(c, always); });
    practitioners_.push_back(person.id);
  }
  for (std::size_t i = 0; i < options.rooms; ++i)
    rooms_.push_back(act(manage, [&](auto& c) {
      return app::add_resource(c, {ResourceKind::room, "Room " + std::to_string(i), 1, site.id, std::nullopt});
    }).id);
  app::AddService service;
  service.rules.name = "Visit";
  service.rules.horizon_days = 365;
  service.rules.grid = Minutes(5);
  service.rules.needs.push_back({ResourceKind::practitioner, {}, scheduling::Buffers::bind, scheduling::Listing::named});
  visit_ = act(manage, [&](auto& c) { return app::add_service(c, service); }).rules.id;
  if (options.rooms > 0) {
    service.rules.needs.push_back({ResourceKind::room, {}, scheduling::Buffers::bind, scheduling::Listing::pooled});
    with_room_ = act(manage, [&](auto& c) { return app::add_service(c, service); }).rules.id;
  }
  PatientRecord record;
  record.name.given.push_back(SensitiveText("Person"));
  record.name.family = SensitiveText("Example");
  record.birth_date = Sensitive(*parse_date("1980-05-05"));
  for (std::size_t i = 0; i < options.patients; ++i)
    patients_.push_back(act(Permission::patient_create, [&](auto& c) { return app::create_patient(c, record); }).id);
}

app::CallContext World::call(Permission permission) {
  return must(app::context_for(*app_, tenant_, desk_, permission));
}

std::string World::offer(const ServiceId& service, Instant starts, std::vector<ResourceId> named) {
  const auto organisation = tenant_->organisation();
  app::Offer offer;
  offer.service = service;
  offer.service_version = organisation->find_service(service)->rules.version;
  offer.location = organisation->locations.begin()->first;
  offer.starts = starts;
  offer.duration_minutes = 30;
  offer.expires = app_->store.now() + app::offer_life;
  offer.audience = scheduling::Audience::staff;
  offer.named = std::move(named);
  return app::seal_offer(*tenant_->keys(), offer);
}

Instant World::slot(std::size_t n) const {
  const std::int64_t tomorrow = (clock_.now().minutes() / 1440 + 2) * 1440;
  return Instant::from_seconds((tomorrow + static_cast<std::int64_t>(n) * 30) * 60);
}

Result<app::AppointmentRow> World::book(const ServiceId& service, Instant starts, std::vector<ResourceId> named,
                                        const PatientId& patient) {
  auto ctx = call();
  return app::perform(ctx, app::book(ctx, {offer(service, starts, std::move(named)), patient, std::nullopt, std::nullopt}));
}

std::int64_t World::overlapping_claims() {
  std::int64_t count = -1;
  data_.database().read([&](sql::Connection& connection) { count = connection.query(count_overlaps).integer(0, 0); });
  return count;
}

}  // namespace sealbook::cli::testing
