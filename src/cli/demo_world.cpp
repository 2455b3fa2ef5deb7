#include <algorithm>
#include <map>

#include "app/accounts/accounts.hpp"
#include "app/accounts/tenants.hpp"
#include "app/booking/appointments.hpp"
#include "app/directory/departments.hpp"
#include "app/directory/locations.hpp"
#include "app/directory/resources.hpp"
#include "app/directory/schedules.hpp"
#include "app/directory/services.hpp"
#include "app/events/events.hpp"
#include "app/events/invitations.hpp"
#include "app/events/participants.hpp"
#include "app/links/link_token.hpp"
#include "app/messages/agreements.hpp"
#include "app/patients/patients.hpp"
#include "app/perform.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "cli/demo.hpp"
#include "cli/demo_plan.hpp"
#include "storage/tables/links.hpp"

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
    ENSURE(make_visits());
    return make_events();
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
  Result<void> make_events();
  Result<void> keep_links(const EventId& event, std::span<const PatientId> invited);
  Result<void> add_hours(const ResourceId& person, const DemoPerson& plan);
  std::vector<ResourceId> pool_of(const DemoService& plan) const;

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
  std::map<PatientId, std::string> labels_;                 // "Ana Example, born 1980-04-27"
  std::vector<std::pair<EventId, std::string>> events_;
  std::vector<std::pair<std::string, std::string>> links_;  // whose, and where
  struct RoleAccount {
    Role role;
    AccountId id;
    std::string token;
  };
  std::vector<RoleAccount> accounts_;
};

Result<void> Builder::make_tenant() {
  CallContext ctx = app::operator_context(app_);
  TRY(made, app::perform(ctx, app::create_tenant(ctx, {std::string(plan_.slug), std::string(plan_.name),
                                                       std::string(plan_.message_name), std::string(plan_.phone),
                                                       plan_.regime})));
  tenant_ = app_.tenants.find(made.id);
  admin_ = {made.admin, made.id, Role::admin, std::nullopt, std::nullopt};
  accounts_.push_back({Role::admin, made.admin, made.admin_token});
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
  for (const DemoSite& site : plan_.sites) {
    TRY(location, act(Permission::directory_manage, [&](CallContext& c) {
      return app::add_location(c, {std::string(site.name), std::string(site.zone)});
    }));
    sites_.push_back(location.id);
    ENSURE(act(Permission::directory_manage,
               [&](CallContext& c) { return app::add_department(c, {"General", location.id}); }));
    for (const std::string_view room : site.rooms)
      ENSURE(act(Permission::directory_manage, [&](CallContext& c) {
        return app::add_resource(c, {ResourceKind::room, std::string(room), 1, location.id, std::nullopt});
      }));
  }
  return {};
}

Result<void> Builder::make_people() {
  for (const DemoPerson& plan : plan_.people) {
    TRY(person, act(Permission::directory_manage, [&](CallContext& c) {
      return app::add_resource(c, {ResourceKind::practitioner, std::string(plan.name), 1, std::nullopt, std::nullopt});
    }));
    ENSURE(add_hours(person.id, plan));
    practitioners_.push_back(person);
  }
  return {};
}

Result<void> Builder::add_hours(const ResourceId& person, const DemoPerson& plan) {
  app::AddSchedule schedule;
  schedule.resource = person;
  schedule.location = sites_[plan.site];
  for (std::uint8_t day = 0; day < 5; ++day) {
    if (day == plan.days_off) continue;
    if (plan.from >= "12:00") {
      schedule.weekly.push_back({day, {std::string(plan.from), std::string(plan.until)}});
      continue;
    }
    schedule.weekly.push_back({day, {std::string(plan.from), "12:00"}});
    schedule.weekly.push_back({day, {"13:00", std::string(plan.until)}});
  }
  ENSURE(act(Permission::directory_manage, [&](CallContext& c) { return app::add_schedule(c, schedule); }));
  return {};
}

// Who gives a service, by what they are.
std::vector<ResourceId> Builder::pool_of(const DemoService& plan) const {
  std::vector<ResourceId> pool;
  for (std::size_t i = 0; i < plan_.people.size(); ++i)
    if (std::ranges::find(plan.by, plan_.people[i].role) != plan.by.end()) pool.push_back(practitioners_[i].id);
  return pool;
}

Result<void> Builder::make_services() {
  for (const DemoService& plan : plan_.services) {
    app::AddService service;
    service.description = std::string(plan.description);
    service.for_everyone = plan.for_everyone;
    auto& rules = service.rules;
    rules.name = std::string(plan.name);
    rules.duration = Minutes(plan.minutes);
    rules.buffer_after = Minutes(plan.buffer_after);
    rules.grid = Minutes(plan.grid);
    rules.horizon_days = 120;
    rules.needs.push_back(
        {ResourceKind::practitioner, pool_of(plan), scheduling::Buffers::bind, scheduling::Listing::named});
    if (plan.room)
      rules.needs.push_back({ResourceKind::room, {}, scheduling::Buffers::ignore, scheduling::Listing::pooled});
    TRY(made, act(Permission::directory_manage, [&](CallContext& c) { return app::add_service(c, service); }));
    services_.push_back(made.rules.id);
  }
  return {};
}

Result<void> Builder::make_patients() {
  const auto given = demo_given_names(), family = demo_family_names();
  for (std::size_t i = 0; i < plan_.patients; ++i) {
    PatientRecord record;
    const std::string first(given[dice_.below(given.size())]), last(family[dice_.below(family.size())]);
    record.name.given.emplace_back(first);
    record.name.family = SensitiveText(last);
    const auto year = std::chrono::year(1940 + static_cast<int>(dice_.below(70)));
    const std::chrono::year_month_day birth(year, std::chrono::month(1 + static_cast<unsigned>(dice_.below(12))),
                                            std::chrono::day(1 + static_cast<unsigned>(dice_.below(28))));
    record.birth_date = Sensitive(birth);
    Contact mail;
    mail.value = SensitiveText("person" + std::to_string(i) + "@example.test");
    mail.verified = i == 0;  // who signs in as patient can also do so by a code
    Contact phone;
    phone.kind = ContactKind::phone;
    phone.value = SensitiveText("+1202555" + std::string(i < 10 ? "010" : "01") + std::to_string(i));
    record.contacts = {mail, phone};
    TRY(made, act(Permission::patient_create, [&](CallContext& c) { return app::create_patient(c, record); }));
    patients_.push_back(made.id);
    labels_[made.id] = first + " " + last + ", born " + date_text(birth);
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
    accounts_.push_back({role, made.id, made.token});
  }
  return {};
}

// A lived-in fortnight, today most of all. The first patient's visits come first: that is who signs in.
Result<void> Builder::make_visits() {
  for (std::size_t i = 0; i < plan_.visits; ++i) {
    auto ctx = app::context_for(app_, tenant_, admin_, Permission::openings_search);
    if (!ctx) return std::unexpected(std::move(ctx).error());
    const int days = i % 3 == 0 ? 0 : static_cast<int>(dice_.below(14));
    const Instant from = ctx->now + std::chrono::hours(24 * days + static_cast<int>(dice_.below(7)));
    app::SearchOpenings search{services_[dice_.below(services_.size())], from, from + std::chrono::days(7), std::nullopt, {}, 40, std::nullopt};
    TRY(found, app::search_openings(*ctx, search));
    if (found.openings.empty()) continue;
    app::BookAppointment booking;
    booking.offer = found.openings[dice_.below(found.openings.size())].offer;
    booking.patient = i < 2 ? patients_.front() : patients_[dice_.below(patients_.size())];
    ENSURE(act(Permission::appointment_create, [&](CallContext& c) { return app::book(c, booking); }));
  }
  return {};
}

// Events with their lists; most people are invited already, the others are for whoever tries it.
Result<void> Builder::make_events() {
  std::size_t next = 2;  // the first patients have visits of their own
  for (const DemoEvent& plan : plan_.events) {
    app::events::CreateEvent command;
    command.event.name = std::string(plan.name);
    command.event.description = std::string(plan.description);
    for (const std::size_t service : plan.services) command.event.services.push_back(services_[service]);
    const Instant now = app_.store.now();
    command.event.dates = {now, now + std::chrono::days(plan.days)};
    command.event.visits_per_person = plan.visits_per_person;
    TRY(event, act(Permission::event_manage, [&](CallContext& c) { return app::events::create_event(c, command); }));
    events_.emplace_back(event.id, std::string(plan.name));
    const std::vector<PatientId> people(patients_.begin() + static_cast<std::ptrdiff_t>(next),
                                        patients_.begin() + static_cast<std::ptrdiff_t>(next + plan.participants));
    next += plan.participants;
    ENSURE(act(Permission::event_manage, [&](CallContext& c) {
      return app::events::add_people(c, {.event = event.id, .patients = people, .services = {}});
    }));
    const std::vector<PatientId> invited(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(people.size() * 3 / 4));
    ENSURE(act(Permission::invitation_send,
               [&](CallContext& c) { return app::events::invite(c, {.event = event.id, .to = invited}); }));
    ENSURE(keep_links(event.id, invited));
  }
  return {};
}

Result<void> Builder::keep_links(const EventId& event, std::span<const PatientId> invited) {
  for (const PatientId& patient : invited) {
    std::vector<storage::LinkRow> theirs;
    app_.store.read(tenant_->ref(), [&](storage::Snapshot& snapshot) { theirs = storage::links::of_patient(snapshot, patient); });
    const auto link = std::ranges::find_if(theirs, [&](const auto& row) { return row.event == event; });
    if (link == theirs.end()) continue;
    TRY(url, app::links::url_of(app_, *tenant_, link->id));
    links_.emplace_back(labels_[patient], "@URL@" + url);
  }
  return {};
}

void Builder::write(JsonWriter& json) const {
  json.begin_object().member("id", tenant_->id().text()).member("slug", plan_.slug).member("name", plan_.name);
  json.key("regime").begin_array();
  for (const app::Regime regime : plan_.regime)
    json.string(regime == app::Regime::healthcare ? "healthcare" : regime == app::Regime::research ? "research" : "gdpr");
  json.end_array().key("accounts").begin_object();
  for (const auto& account : accounts_)
    json.key(to_text(account.role)).begin_object().member("token", account.token)
        .member("sign_in", "@URL@/demo/sign-in?account=" + account.id.text()).end_object();
  json.end_object().key("services").begin_array();
  const auto organisation = tenant_->organisation();
  for (const ServiceId& id : services_)
    json.begin_object().member("id", id.text()).member("name", organisation->find_service(id)->rules.name).end_object();
  json.end_array().key("practitioners").begin_array();
  for (const Resource& person : practitioners_)
    json.begin_object().member("id", person.id.text()).member("name", person.name).end_object();
  json.end_array().key("events").begin_array();
  for (const auto& [id, name] : events_) json.begin_object().member("id", id.text()).member("name", name).end_object();
  json.end_array().key("links").begin_array();
  for (const auto& [name, url] : links_) json.begin_object().member("name", name).member("url", url).end_object();
  json.end_array().end_object();
}

// The operator's account, of no tenant.
struct Operator {
  AccountId id;
  std::string token;
};
Result<Operator> make_super_admin(app::App& app) {
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
  return Operator{row.id, token.text};
}

}  // namespace

Result<std::string> seed_demo(Instance& instance, std::uint64_t seed) {
  Dice dice(seed);
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("tenants").begin_array();
  for (const DemoTenant* plan : {&harbour_clinic(), &northgate_research()}) {
    Builder builder(instance, *plan, dice);
    ENSURE(builder.build());
    builder.write(json);
  }
  json.end_array();
  TRY(made, make_super_admin(instance.app()));
  json.key("accounts").begin_object().key("super_admin").begin_object().member("token", made.token)
      .member("sign_in", "@URL@/demo/sign-in?account=" + made.id.text()).end_object().end_object();
  json.end_object();
  return text;
}

}  // namespace sealbook::cli
