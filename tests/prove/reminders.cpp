// prove_reminders: a simulated month with two changes of clocks, in which the server is killed (-9), is
// down for hours, and its carrier is out, at random: every due reminder is sent, none for a version
// that was withdrawn, and doubles only inside the stated window and counted.
//
//   prove_reminders [--visits 300] [--seed 1] [--kills 60]
//
// A child process is the server; what its carrier takes is appended to a file that outlives it. The
// parent knows the script of bookings, moves and cancellations and works out what had to be sent,
// might have been sent, and must not have been, with none of the ledger's code but the rule's time.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

#include "app/accounts/tenants.hpp"
#include "app/booking/visit.hpp"
#include "app/directory/locations.hpp"
#include "app/messages/agreements.hpp"
#include "app/messages/deliver.hpp"
#include "app/messages/settings.hpp"
#include "app/patients/patients.hpp"
#include "app/perform.hpp"
#include "security/keys/key_file_provider.hpp"
#include "sql/migrations.hpp"
#include "sql/sqlite/open_sqlite.hpp"
#include "storage/tables/keyring.hpp"

namespace {

using namespace sealbook;
using std::chrono::hours;
using std::chrono::minutes;
namespace fs = std::filesystem;

constexpr Micros tick = minutes(10);

struct Arguments {
  int visits = 300, kills = 60;
  std::uint64_t seed = 1;
};

// SplitMix64: the script is the same for the same seed, in parent and child.
struct Dice {
  std::uint64_t state;
  std::uint64_t below(std::uint64_t n) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  }
};

// One thing that happens to one visit.
struct Step {
  Instant at;
  int visit = 0;
  std::int64_t version = 1;
  bool cancels = false;
  bool is_note = false;  // nobody is told
  Instant starts;
};
struct Script {
  Instant from, to;
  std::vector<Step> steps;                                 // in order of time
  std::vector<std::pair<Instant, Instant>> carrier_out;   // the carrier answers "later"
  std::vector<std::pair<Instant, Instant>> down;          // nobody starts the server
};

Instant round_up(Instant from, std::uint64_t ticks) { return from + tick * static_cast<std::int64_t>(ticks); }

// Gaps of at most ten hours, and a day of rest after each, so that what was put off can leave.
std::vector<std::pair<Instant, Instant>> gaps(Dice& dice, Instant from, Instant to) {
  std::vector<std::pair<Instant, Instant>> out;
  for (Instant at = from + hours(24); at + hours(72) < to; at = out.back().second + hours(30)) {
    const Instant begins = round_up(at, dice.below(288));
    out.emplace_back(begins, round_up(begins, 1 + dice.below(24)));
  }
  return out;
}

Script write_script(const Arguments& arguments) {
  Dice dice{arguments.seed};
  Script script;
  script.from = *Instant::parse("2026-03-02T00:00:00Z");  // New York changes on the 8th, Madrid on the 29th
  script.to = script.from + hours(24 * 32);
  for (int v = 0; v < arguments.visits; ++v) {
    Step step{round_up(script.from, dice.below(144 * 24)), v, 1, false, false, {}};
    step.starts = step.at + minutes(60 + 5 * static_cast<std::int64_t>(dice.below(12 * 24 * 7)));
    script.steps.push_back(step);
    for (std::uint64_t more = dice.below(4); more > 0 && !step.cancels; --more) {
      step.at = round_up(step.at, 1 + dice.below(300));
      if (step.at + hours(1) >= step.starts) break;
      step.version += 1;
      step.is_note = dice.below(3) == 0;
      step.cancels = !step.is_note && dice.below(4) == 0;
      if (!step.is_note && !step.cancels) step.starts = step.at + minutes(60 + 5 * static_cast<std::int64_t>(dice.below(12 * 24 * 6)));
      script.steps.push_back(step);
    }
  }
  std::ranges::sort(script.steps, {}, [](const Step& s) { return std::tuple(s.at, s.visit, s.version); });
  script.carrier_out = gaps(dice, script.from, script.to);
  script.down = gaps(dice, script.from, script.to);
  return script;
}

bool inside(const std::vector<std::pair<Instant, Instant>>& spans, Instant at) {
  return std::ranges::any_of(spans, [&](const auto& s) { return s.first <= at && at < s.second; });
}

template <class IdType>
IdType id_of(std::uint8_t kind, int number) {
  RawId raw{};
  raw[0] = kind;
  std::memcpy(raw.data() + 4, &number, sizeof number);
  return IdType::from_raw(raw);
}

class NoTiles final : public audit::TileStore {
 public:
  Result<std::optional<Bytes>> read(std::string_view, const audit::TileKey&, unsigned) override { return std::nullopt; }
  Result<std::optional<std::string>> checkpoint(std::string_view) override { return std::nullopt; }
  Result<void> recover() override { return {}; }
  Result<void> stage(std::span<const audit::TileWrite>) override { return fail(ErrorCode::unavailable); }
  Result<void> publish(std::span<const audit::CheckpointWrite>) override { return fail(ErrorCode::unavailable); }
  Result<void> discard() override { return {}; }
};

// What the carrier takes goes into a file with one write each; dying between that write and the
// ledger's record is the window.
class FileMailer final : public Mailer {
 public:
  FileMailer(const fs::path& file, const SystemClock& clock, const Script& script)
      : file_(::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600)), clock_(clock), script_(script) {}
  std::string_view vendor() const override { return "smtp"; }
  MailOutcome send(const EgressPermit&, const OutgoingMail& mail) override {
    if (inside(script_.carrier_out, clock_.now())) return {MailVerdict::try_later, 421, {}};
    const std::string line = mail.message_id.substr(0, mail.message_id.find('@')) + " " + clock_.now().text() + "\n";
    if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
    return {MailVerdict::accepted, 250, {}};
  }

 private:
  int file_;
  const SystemClock& clock_;
  const Script& script_;
};

// The store, the keys and the App on a folder.
struct House {
  SystemClock clock;
  std::unique_ptr<keys::KeyFileProvider> provider;
  std::unique_ptr<sql::Database> keyring_data, data;
  std::unique_ptr<storage::KeyringRows> rows;
  std::unique_ptr<keys::Keyring> keyring;
  std::unique_ptr<storage::Store> store;
  NoTiles tiles;
  std::unique_ptr<app::App> app;
  std::shared_ptr<app::Tenant> tenant;

  template <class T>
  static T must(Result<T> result) {
    if (!result) {
      std::fprintf(stderr, "prove_reminders: %s %s\n", result.error().detail.c_str(), result.error().cause.c_str());
      std::abort();
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }

  std::unique_ptr<sql::Database> open_file(const fs::path& file, Secret key, std::string_view set) {
    sql::SqliteConfig config;
    config.file = file;
    config.key = std::move(key);
    config.clock = &clock;
    auto database = sql::open_sqlite(std::move(config));
    const auto known = sql::embedded_migrations(database->engine(), set);
    must(sql::migrate(*database, known, [](const sql::MigrationProgress&) {}));
    return database;
  }

  explicit House(const fs::path& folder) {
    const bool is_new = !fs::exists(folder / "key");
    if (is_new) must(keys::KeyFileProvider::create(folder / "key"));
    provider = must(keys::KeyFileProvider::load(folder / "key"));
    keyring_data = open_file(folder / "keyring.db", must(keys::Keyring::page_key(*provider, "test")), "keyring");
    rows = std::make_unique<storage::KeyringRows>(*keyring_data);
    if (is_new) must(keys::Keyring::initialise(*rows, *provider, "test", clock));
    keyring = must(keys::Keyring::open(*rows, *provider, "test", clock, {.pool_size = 8, .pool_low = 2}));
    data = open_file(folder / "store.db", keyring->instance().store_page_key().clone(), "");
    store = std::make_unique<storage::Store>(*data, nullptr);
    app.reset(new app::App{.store = *store, .keyring = *keyring, .tiles = tiles, .clock = clock,
                           .environment = "test", .origin = "test.example"});
    app->mail_domain = "mail.example.test";
    app->mail_from = "desk@example.test";
    app->public_url = "https://book.example.test";
    if (!is_new) {
      must(app::load(*app));
      tenant = app->tenants.all().front();
    }
  }
};

app::CallContext call(House& house, const Principal& who, Permission permission) {
  return House::must(app::context_for(*house.app, house.tenant, who, permission));
}

// People, places, agreements: made once, before anything is killed. Person n comes to visit n.
std::vector<PatientId> furnish(House& house, const Arguments& arguments, Instant now) {
  house.clock.set_offset(now - SystemClock().now());
  app::CallContext operating = app::operator_context(*house.app);
  const auto made = House::must(app::perform(operating, app::create_tenant(operating, {"month", "Month", "Your clinic", "+12025550100",
                                                                                       {app::Regime::healthcare}})));
  house.tenant = house.app->tenants.find(made.id);
  const Principal admin{made.admin, made.id, Role::admin, std::nullopt, std::nullopt};
  auto vendors = call(house, admin, Permission::vendor_manage);
  House::must(app::perform(vendors, app::record_agreement(vendors, {"smtp", messages::AgreementKind::baa, "US",
                                                                   messages::TransferBasis::none, {}, {}, {}})));
  std::vector<PatientId> people;
  for (int i = 0; i < arguments.visits; ++i) {
    PatientRecord record;
    record.name.given.emplace_back("Ada");
    record.name.family = SensitiveText("Example");
    record.birth_date = Sensitive(*parse_date("1984-03-12"));
    record.contacts.push_back({ContactKind::email, SensitiveText("p" + std::to_string(i) + "@example.test"), {}, {}, true, false, false});
    auto ctx = call(house, admin, Permission::patient_create);
    people.push_back(House::must(app::perform(ctx, app::create_patient(ctx, record))).id);
  }
  return people;
}

const char* zone_of(int visit) { return visit % 2 == 0 ? "America/New_York" : "Europe/Madrid"; }

// Carries a step out, if the store has not got it yet.
void carry_out(House& house, const Step& step, const PatientId& patient) {
  auto ctx = app::system_context(*house.app, house.tenant);
  app::note_system(ctx, AuditAction::appointment_changed, audit::ResourceKind::none, {}, {patient});
  const auto id = id_of<AppointmentId>(1, step.visit);
  House::must(app::perform(ctx, Result<app::Work<int>>([&](storage::Transaction& tx) -> Result<int> {
    auto row = storage::appointments::find(tx, id);
    if (row && row->version >= step.version) return 0;
    const bool is_new = !row;
    if (is_new) {
      row.emplace();
      row->id = id;
      row->patient = patient;
      row->zone = zone_of(step.visit);
      row->tzdata = "2026a";
      row->created = tx.now();
    }
    row->version = step.version;
    row->when = {step.starts, step.starts + minutes(30)};
    row->claimed = row->when;
    if (step.cancels) row->status = scheduling::Status::cancelled;
    if (!step.is_note)
      app::announce(tx, *row, step.cancels ? messages::Purpose::cancellation
                              : is_new ? messages::Purpose::confirmation : messages::Purpose::change, Micros(0));
    if (is_new) storage::appointments::insert(tx, *row);
    else storage::appointments::replace(tx, *row);
    return 1;
  })));
}

// The server: from the tick that the file names until it is killed or the month is over.
int serve(const fs::path& folder, const Script& script, const std::vector<PatientId>& people) {
  House house(folder);
  FileMailer mailer(folder / "sent", house.clock, script);
  house.app->mailer = &mailer;
  app::Delivery delivery(*house.app, {.threads = 2});
  std::int64_t at = 0;
  std::ifstream(folder / "tick") >> at;
  std::size_t next = 0;
  for (Instant now = Instant::from_micros(at); now < script.to; now = now + tick) {
    if (inside(script.down, now)) continue;
    house.clock.set_offset(now - SystemClock().now());
    for (; next < script.steps.size() && script.steps[next].at <= now; ++next)
      carry_out(house, script.steps[next], people[static_cast<std::size_t>(script.steps[next].visit)]);
    delivery.run([] { return false; });
    std::ofstream(folder / "tick.new") << now.micros();
    fs::rename(folder / "tick.new", folder / "tick");
  }
  storage::ledger::Counts counts;
  house.store->read(house.tenant->ref(), [&](storage::Snapshot& s) { counts = storage::ledger::count(s); });
  std::ofstream(folder / "unsure") << counts.unsure << " " << counts.waiting;
  return 0;
}

struct Expected {
  std::set<std::string> must, may;
};

std::string name_of(const TenantId& tenant, const PatientId& patient, int visit, std::int64_t version,
                    messages::Purpose purpose, std::int64_t rule) {
  storage::MessageRow row;
  row.purpose = purpose;
  row.patient = patient;
  row.appointment = id_of<AppointmentId>(1, visit);
  row.version = version;
  row.rule = rule;
  return app::message_id(tenant, row).text();
}

// Whether the server was up with a working carrier for an hour and a half in a row between two moments:
// the longest back-off, and a quarter.
bool could_leave(const Script& script, Instant from, Instant until) {
  int in_a_row = 0;
  for (Instant at = round_up(script.from, static_cast<std::uint64_t>((from - script.from) / tick + 1)); at < until; at = at + tick) {
    in_a_row = inside(script.down, at) || inside(script.carrier_out, at) ? 0 : in_a_row + 1;
    if (in_a_row >= 9) return true;
  }
  return false;
}

Instant applied(const Script& script, Instant at) {
  while (inside(script.down, at)) at = at + tick;
  return at;
}

Expected expect(const Script& script, const TenantId& tenant, const std::vector<PatientId>& people) {
  Expected expected;
  std::map<int, std::vector<Step>> of_visit;
  for (const Step& step : script.steps)
    if (!step.is_note) of_visit[step.visit].push_back(step);
  for (const auto& [visit, steps] : of_visit)
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Step& step = steps[i];
      const auto& patient = people[static_cast<std::size_t>(visit)];
      const Instant since = applied(script, step.at);
      const Instant until = i + 1 < steps.size() ? applied(script, steps[i + 1].at) : step.starts;
      expected.may.insert(name_of(tenant, patient, visit, step.version, messages::Purpose::confirmation, 0));
      if (step.cancels) continue;
      for (const auto rule : messages::default_rules()) {
        const auto time = messages::reminder_time(step.starts, *TimeZone::named(zone_of(visit)), rule, {});
        // Half an hour on either side is nobody's promise: a tick, and a step in the same tick.
        if (time.moment <= since || time.due >= until || time.due >= script.to) continue;
        const auto name = name_of(tenant, patient, visit, step.version, messages::Purpose::reminder, number_of(rule));
        const bool leaves = could_leave(script, time.due, std::min({until, time.until, script.to}));
        (leaves ? expected.must : expected.may).insert(name);
      }
    }
  return expected;
}

bool check(const char* name, bool good, const std::string& why) {
  std::printf("%s reminders/%s%s%s\n", good ? "ok" : "FAILED", name, why.empty() ? "" : ": ", why.c_str());
  return good;
}

bool judge(const fs::path& folder, const Expected& expected) {
  std::map<std::string, int> sent;
  std::ifstream in(folder / "sent");
  for (std::string name, at; in >> name >> at;) ++sent[name];
  std::int64_t unsure = 0, waiting = 0, lost = 0, wrong = 0, doubles = 0, reminders = 0;
  std::ifstream(folder / "unsure") >> unsure >> waiting;
  for (const auto& name : expected.must) lost += sent.contains(name) ? 0 : 1;
  for (const auto& [name, times] : sent) {
    wrong += expected.must.contains(name) || expected.may.contains(name) ? 0 : 1;
    reminders += expected.must.contains(name) ? 1 : 0;
    doubles += times - 1;
  }
  const auto say = [](std::int64_t a, const char* of, std::size_t b) { return std::to_string(a) + of + std::to_string(b); };
  bool good = check("every_due_reminder_was_sent", lost == 0 && !expected.must.empty(), say(reminders, " of ", expected.must.size()));
  good &= check("none_for_a_withdrawn_version", wrong == 0, say(wrong, " of ", sent.size()));
  good &= check("doubles_are_counted", doubles <= unsure, say(doubles, " doubles, unsure ", static_cast<std::size_t>(unsure)));
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--visits") arguments.visits = std::atoi(argv[i + 1]);
    if (name == "--kills") arguments.kills = std::atoi(argv[i + 1]);
    if (name == "--seed") arguments.seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  const fs::path folder = fs::temp_directory_path() / ("prove-reminders-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const Script script = write_script(arguments);
  std::vector<PatientId> people;
  TenantId tenant;
  {
    House house(folder);
    people = furnish(house, arguments, script.from - hours(1));
    tenant = house.tenant->id();
  }
  std::ofstream(folder / "tick") << script.from.micros();
  Dice dice{arguments.seed + 1};
  int kills = 0, status = -1;
  while (true) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(serve(folder, script, people));
    if (kills < arguments.kills) {
      ::usleep(static_cast<useconds_t>(100'000 + dice.below(900'000)));
      ::kill(child, SIGKILL);
      ++kills;
    }
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) break;
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) break;
  }
  bool good = check("the_server_came_to_the_end", WIFEXITED(status) && WEXITSTATUS(status) == 0,
                    std::to_string(kills) + " kills, " + std::to_string(script.carrier_out.size()) + " outages, " +
                        std::to_string(script.down.size()) + " times down");
  good &= judge(folder, expect(script, tenant, people));
  fs::remove_all(folder);
  return good ? 0 : 1;
}
