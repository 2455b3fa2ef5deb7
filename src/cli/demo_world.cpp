#include <algorithm>
#include <array>

#include "app/accounts/accounts.hpp"
#include "app/accounts/tenants.hpp"
#include "app/booking/appointments.hpp"
#include "app/directory/departments.hpp"
#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/messages/agreements.hpp"
#include "app/patients/patients.hpp"
#include "app/perform.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "cli/demo.hpp"

namespace sealbook::cli {
namespace {

using app::CallContext;
using app::Tenant;

// SplitMix64 (Steele, Lea, Flood 2014): the demo's world is the same for the same seed.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((z ^ (z >> 31)) % n);
  }

 private:
  std::uint64_t state_;
};

struct Site {
  std::string_view name, zone;
};
struct DemoService {
  std::string_view name, description;
  int minutes, buffer_after, grid;
  bool room;
};
struct DemoTenant {
  std::string_view slug, name, message_name;
  std::vector<app::Regime> regime;
  std::vector<Site> sites;
  std::vector<DemoService> services;
  std::size_t practitioners;
  std::size_t rooms_per_site;
};

const DemoTenant harbour{
    "harbour-clinic", "Harbour Clinic", "Your clinic", {app::Regime::healthcare},
    {{"Harbour Street", "America/New_York"}, {"Hill Road", "America/New_York"}, {"Mesa Avenue", "America/Denver"}},
    {{"First visit", "For people who are new here.", 45, 15, 15, true},
     {"Follow-up", "To see how things are going.", 20, 10, 10, true},
     {"Vaccination", "A quick one.", 10, 5, 5, true},
     {"Blood draw", "Please come fasting.", 15, 5, 15, true},
     {"Video visit", "From wherever you are.", 30, 0, 30, false},
     {"Counselling", "An hour with time to talk.", 60, 0, 60, true}},
    12, 4};
const DemoTenant northgate{
    "northgate-research", "Northgate Research", "Your study team", {app::Regime::research, app::Regime::gdpr},
    {{"Northgate House", "Europe/Madrid"}},
    {{"Screening visit", "The first visit of a study.", 60, 15, 30, true},
     {"Study visit", "As your plan says.", 30, 10, 30, true}},
    4, 3};

constexpr std::array given_names{"Ana", "Ben", "Chloe", "Dev", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas",
                                 "Kira", "Liam", "Maria", "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Sami", "Tess"};
constexpr std::array family_names{"Example", "Sample", "Testa", "Muster", "Prueba", "Essai", "Campione", "Proef",
                                  "Exemplo", "Voorbeeld", "Demo", "Fiktiv"};

// One demo tenant on its way from nothing to a week of visits.
class Builder {
 public:
  Builder(Instance& instance, const DemoTenant& plan, Dice& dice) : app_(instance.app()), plan_(plan), dice_(dice) {}

  Result<void> build() {
    ENSURE(make_tenant());
    ENSURE(make_agreements());
    ENSURE(make_places());
    ENSURE(make_people());
    ENSURE(make_services());
    ENSURE(make_patients());
    ENSURE(make_accounts());
    return make_visits();
  }
  void write(JsonWriter& json) const;

 private:
  // Carries out one changing use case as the tenant's admin.
  template <class Verb>
  auto act(Permission permission, Verb verb) {
    using Planned = std::invoke_result_t<Verb, CallContext&>;
    using Answer = decltype(app::perform(std::declval<CallContext&>(), std::declval<Planned>()));
    auto ctx = app::context_for(app_, tenant_, admin_, permission);
    if (!ctx) return Answer(std::unexpected(std::move(ctx).error()));
    return app::perform(*ctx, verb(*ctx));
  }

  Result<void> make_tenant();
  Result<void> make_agreements();
  Result<void> make_places();
  Result<void> make_people();
  Result<void> make_services();
  Result<void> make_patients();
  Result<void> make_accounts();
  Result<void> make_visits();
  Result<void> add_hours(const ResourceId& person, std::size_t number);

  app::App& app_;
  const DemoTenant& plan_;
  Dice& dice_;
  std::shared_ptr<Tenant> tenant_;
  Principal admin_;
  std::string admin_token_;
  std::vector<LocationId> sites_;
  std::vector<Resource> practitioners_;
  std::vector<ServiceId> services_;
  std::vector<PatientId> patients_;
  std::vector<std::pair<Role, std::string>> tokens_;
};

Result<void> Builder::make_tenant() {
  CallContext ctx = app::operator_context(app_);
  TRY(made, app::perform(ctx, app::create_tenant(ctx, {std::string(plan_.slug), std::string(plan_.name),
                                                       std::string(plan_.message_name), "+12025550100", plan_.regime})));
  tenant_ = app_.tenants.find(made.id);
  admin_ = {made.admin, made.id, Role::admin, std::nullopt, std::nullopt};
  tokens_.emplace_back(Role::admin, made.admin_token);
  return {};
}

// The demo's mail goes into a folder beside it; the gate asks for agreements all the same.
Result<void> Builder::make_agreements() {
  for (const auto kind : {messages::AgreementKind::baa, messages::AgreementKind::dpa})
    ENSURE(act(Permission::vendor_manage, [&](CallContext& c) {
      return app::record_agreement(c, {"smtp", kind, "DE", messages::TransferBasis::none, {}, {}, {}});
    }));
  return {};
}

Result<void> Builder::make_places() {
  for (const Site& site : plan_.sites) {
    TRY(location, act(Permission::directory_manage, [&](CallContext& c) {
      return app::add_location(c, {std::string(site.name), std::string(site.zone)});
    }));
    sites_.push_back(location.id);
    ENSURE(act(Permission::directory_manage,
               [&](CallContext& c) { return app::add_department(c, {"General", location.id}); }));
    for (std::size_t room = 1; room <= plan_.rooms_per_site; ++room)
      ENSURE(act(Permission::directory_manage, [&](CallContext& c) {
        return app::add_resource(c, {ResourceKind::room, "Room " + std::to_string(room), 1, location.id, std::nullopt});
      }));
  }
  return {};
}

Result<void> Builder::make_people() {
  for (std::size_t i = 0; i < plan_.practitioners; ++i) {
    const std::string name = "Dr. " + std::string(given_names[(i + dice_.below(3) * 7) % given_names.size()]) + " " +
                             std::string(family_names[i % family_names.size()]);
    TRY(person, act(Permission::directory_manage, [&](CallContext& c) {
      return app::add_resource(c, {ResourceKind::practitioner, name, 1, std::nullopt, std::nullopt});
    }));
    ENSURE(add_hours(person.id, i));
    practitioners_.push_back(person);
  }
  return {};
}

Result<void> Builder::add_hours(const ResourceId& person, std::size_t number) {
  app::AddSchedule schedule;
  schedule.resource = person;
  schedule.location = sites_[number % sites_.size()];
  const std::string start = number % 3 == 0 ? "08:00" : "09:00";
  for (std::uint8_t day = 0; day < 5; ++day) {
    if (number % 4 == 3 && day == 4) continue;  // some are off on Fridays
    schedule.weekly.push_back({day, {start, "12:00"}});
    schedule.weekly.push_back({day, {"13:00", number % 2 == 0 ? "17:00" : "18:00"}});
  }
  ENSURE(act(Permission::directory_manage, [&](CallContext& c) { return app::add_schedule(c, schedule); }));
  return {};
}

Result<void> Builder::make_services() {
  for (const DemoService& plan : plan_.services) {
    app::AddService service;
    service.description = std::string(plan.description);
    auto& rules = service.rules;
    rules.name = std::string(plan.name);
    rules.duration = Minutes(plan.minutes);
    rules.buffer_after = Minutes(plan.buffer_after);
    rules.grid = Minutes(plan.grid);
    rules.horizon_days = 120;
    rules.needs.push_back({ResourceKind::practitioner, {}, scheduling::Buffers::bind, scheduling::Listing::named});
    if (plan.room)
      rules.needs.push_back({ResourceKind::room, {}, scheduling::Buffers::ignore, scheduling::Listing::pooled});
    TRY(made, act(Permission::directory_manage, [&](CallContext& c) { return app::add_service(c, service); }));
    services_.push_back(made.rules.id);
  }
  return {};
}

Result<void> Builder::make_patients() {
  for (std::size_t i = 0; i < 24; ++i) {
    PatientRecord record;
    record.name.given.push_back(SensitiveText(given_names[dice_.below(given_names.size())]));
    record.name.family = SensitiveText(family_names[dice_.below(family_names.size())]);
    const auto year = std::chrono::year(1940 + static_cast<int>(dice_.below(70)));
    record.birth_date = Sensitive(std::chrono::year_month_day(year, std::chrono::month(1 + static_cast<unsigned>(dice_.below(12))),
                                                              std::chrono::day(1 + static_cast<unsigned>(dice_.below(28)))));
    Contact mail;
    mail.value = SensitiveText("person" + std::to_string(i) + "@example.test");
    Contact phone;
    phone.kind = ContactKind::phone;
    phone.value = SensitiveText("+1202555" + std::string(i < 10 ? "010" : "01") + std::to_string(i));
    record.contacts = {mail, phone};
    TRY(made, act(Permission::patient_create, [&](CallContext& c) { return app::create_patient(c, record); }));
    patients_.push_back(made.id);
  }
  return {};
}

Result<void> Builder::make_accounts() {
  constexpr Role others[] = {Role::scheduler, Role::front_desk, Role::provider, Role::billing, Role::auditor, Role::patient};
  for (const Role role : others) {
    app::CreateAccount account;
    account.role = role;
    if (role == Role::provider) account.practitioner = practitioners_.front().id;
    if (role == Role::patient) account.patient = patients_.front();
    TRY(made, act(Permission::role_grant, [&](CallContext& c) { return app::create_account(c, account); }));
    tokens_.emplace_back(role, made.token);
  }
  return {};
}

// A lived-in week: some visits, so that the day is not empty.
Result<void> Builder::make_visits() {
  for (std::size_t i = 0; i < 30; ++i) {
    auto ctx = app::context_for(app_, tenant_, admin_, Permission::openings_search);
    if (!ctx) return std::unexpected(std::move(ctx).error());
    const Instant from = ctx->now + std::chrono::hours(24 * static_cast<int>(dice_.below(10)) + static_cast<int>(dice_.below(8)));
    app::SearchOpenings search{services_[dice_.below(services_.size())], from, from + std::chrono::days(7), std::nullopt, {}, 40, std::nullopt};
    TRY(found, app::search_openings(*ctx, search));
    if (found.openings.empty()) continue;
    app::BookAppointment booking;
    booking.offer = found.openings[dice_.below(found.openings.size())].offer;
    booking.patient = patients_[dice_.below(patients_.size())];
    ENSURE(act(Permission::appointment_create, [&](CallContext& c) { return app::book(c, booking); }));
  }
  return {};
}

void Builder::write(JsonWriter& json) const {
  json.begin_object().member("id", tenant_->id().text()).member("slug", plan_.slug).member("name", plan_.name);
  json.key("regime").begin_array();
  for (const app::Regime regime : plan_.regime)
    json.string(regime == app::Regime::healthcare ? "healthcare" : regime == app::Regime::research ? "research" : "gdpr");
  json.end_array().key("accounts").begin_object();
  for (const auto& [role, token] : tokens_)
    json.key(to_text(role)).begin_object().member("token", token).member("sign_in", "@URL@/demo/").end_object();
  json.end_object().key("services").begin_array();
  const auto organisation = tenant_->organisation();
  for (const ServiceId& id : services_)
    json.begin_object().member("id", id.text()).member("name", organisation->find_service(id)->rules.name).end_object();
  json.end_array().key("practitioners").begin_array();
  for (const Resource& person : practitioners_)
    json.begin_object().member("id", person.id.text()).member("name", person.name).end_object();
  json.end_array().key("events").begin_array().end_array().end_object();
}

// The operator's account, of no tenant.
Result<std::string> make_super_admin(app::App& app) {
  CallContext ctx = app::operator_context(app);
  storage::AccountRow row{new_id<AccountId>(), Role::super_admin, std::nullopt, std::nullopt, true, ctx.now};
  const app::NewToken token = app::make_token("api");
  ctx.note(AuditAction::account_created, audit::ResourceKind::account, row.id.raw());
  app::Work<int> work = [&app, row, hash = token.hash](storage::Transaction& tx) -> Result<int> {
    storage::accounts::insert(tx, row);
    storage::tokens::insert(tx, {hash, 0, row.id, tx.now(), std::nullopt});
    tx.after_commit([&app, row, hash] {
      app.tokens.add(hash, {Principal{row.id, TenantId(), Role::super_admin, std::nullopt, std::nullopt}, 0, std::nullopt});
    });
    return 1;
  };
  ENSURE(app::perform(ctx, Result<app::Work<int>>(std::move(work))));
  return token.text;
}

}  // namespace

Result<std::string> seed_demo(Instance& instance, std::uint64_t seed) {
  Dice dice(seed);
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("tenants").begin_array();
  for (const DemoTenant* plan : {&harbour, &northgate}) {
    Builder builder(instance, *plan, dice);
    ENSURE(builder.build());
    builder.write(json);
  }
  json.end_array();
  TRY(token, make_super_admin(instance.app()));
  json.key("accounts").begin_object().key("super_admin").begin_object().member("token", token).end_object().end_object();
  json.end_object();
  return text;
}

}  // namespace sealbook::cli
