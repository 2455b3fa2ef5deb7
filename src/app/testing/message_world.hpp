// MessageWorld is a World whose messages go somewhere: a mailer that keeps what it is given, an
// agreement for it, a place, people with addresses, and visits written straight into the store.
//
// Its clock stands still between calls of at(): `start` is the moment that times are counted from.
#pragma once

#include <functional>
#include <mutex>

#include "app/booking/visit.hpp"
#include "app/directory/locations.hpp"
#include "app/messages/agreements.hpp"
#include "app/messages/deliver.hpp"
#include "app/messages/system_context.hpp"
#include "app/patients/patients.hpp"
#include "app/testing/world.hpp"

namespace sealbook::app::testing {

class KeepingMailer final : public Mailer {
 public:
  std::string_view vendor() const override { return "smtp"; }
  MailOutcome send(const EgressPermit& permit, const OutgoingMail& mail) override {
    EXPECT_EQ(permit.vendor(), "smtp");
    const std::lock_guard lock(mutex_);
    const MailOutcome outcome = answer ? answer(mail) : MailOutcome{MailVerdict::accepted, 250, {}};
    if (outcome.verdict == MailVerdict::accepted) sent.push_back(mail);
    return outcome;
  }

  std::vector<OutgoingMail> sent;
  std::function<MailOutcome(const OutgoingMail&)> answer;

 private:
  std::mutex mutex_;
};

class MessageWorld : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    if (IsSkipped()) return;
    start_ = app().store.now();
    connect();
    CallContext places = as(admin, Permission::directory_manage);
    location_ = perform(places, add_location(places, {"Main building", "America/New_York"})).value().id;
    agree(messages::AgreementKind::baa, std::nullopt);
    agree(messages::AgreementKind::dpa, std::nullopt);
    never_quiet();
    delivery_.emplace(app(), DeliveryOptions{.threads = 2});
  }
  void TearDown() override {
    delivery_.reset();
    World::TearDown();
  }

  void connect() {
    app().mailer = &mailer_;
    app().mail_domain = "mail.example.test";
    app().mail_from = "desk@example.test";
    app().public_url = "https://book.example.test";
  }
  // Kills the process and starts it again: nothing in memory stays.
  void kill_and_start() {
    delivery_.reset();
    restart();
    connect();
    delivery_.emplace(app(), DeliveryOptions{.threads = 2});
  }

  void agree(messages::AgreementKind kind, std::optional<Instant> expires) {
    CallContext ctx = as(admin, Permission::vendor_manage);
    ASSERT_TRUE(perform(ctx, record_agreement(ctx, {"smtp", kind, "DE", messages::TransferBasis::none, {}, expires, {}})));
  }
  void never_quiet() {
    CallContext ctx = as(admin, Permission::policy_change);
    ChangeSettings change;
    change.quiet = messages::QuietHours{0, 0};
    ASSERT_TRUE(perform(ctx, change_settings(ctx, change)));
  }

  // The clock reads start + this from now on (give or take what the test itself takes).
  void at(Micros since_start) { move_clock(start_ + since_start - real_now()); }

  PatientId person(const std::string& email, const std::string& language = "en") {
    PatientRecord record;
    record.name.given.emplace_back("Ada");
    record.name.family = SensitiveText("Example");
    record.birth_date = Sensitive(*parse_date("1984-03-12"));
    record.contacts.push_back({ContactKind::email, SensitiveText(email), {}, {}, true, false, false});
    record.language = SensitiveText(language);
    CallContext ctx = as(admin, Permission::patient_create);
    return perform(ctx, create_patient(ctx, record)).value().id;
  }

  AppointmentRow visit(const PatientId& patient, Micros starts, Micros wait = Micros(0)) {
    AppointmentRow row;
    row.id = new_id<AppointmentId>();
    row.patient = patient;
    row.service = service_;
    row.location = location_;
    row.when = {start_ + starts, start_ + starts + std::chrono::minutes(30)};
    row.claimed = row.when;
    row.zone = "America/New_York";
    row.tzdata = tzdata_version();
    return write([&](storage::Transaction& tx) {
      row.created = tx.now();
      announce(tx, row, messages::Purpose::confirmation, wait);
      storage::appointments::insert(tx, row);
      return row;
    });
  }
  AppointmentRow moved(AppointmentRow row, Micros starts, Micros wait = Micros(0)) {
    row.version += 1;
    row.when = {start_ + starts, start_ + starts + std::chrono::minutes(30)};
    return told(row, messages::Purpose::change, wait);
  }
  AppointmentRow cancelled(AppointmentRow row, Micros wait = Micros(0)) {
    row.version += 1;
    row.status = scheduling::Status::cancelled;
    return told(row, messages::Purpose::cancellation, wait);
  }
  AppointmentRow told(AppointmentRow row, messages::Purpose purpose, Micros wait) {
    return write([&](storage::Transaction& tx) {
      announce(tx, row, purpose, wait);
      EXPECT_TRUE(storage::appointments::replace(tx, row));
      return row;
    });
  }
  // A change that nobody is told of.
  AppointmentRow noted(AppointmentRow row) {
    row.version += 1;
    return write([&](storage::Transaction& tx) {
      EXPECT_TRUE(storage::appointments::replace(tx, row));
      return row;
    });
  }

  AppointmentRow write(const std::function<AppointmentRow(storage::Transaction&)>& work) {
    CallContext ctx = system_context(app(), tenant);
    note_system(ctx, AuditAction::appointment_booked, audit::ResourceKind::none, {}, {});
    return perform(ctx, Result<Work<AppointmentRow>>([&](storage::Transaction& tx) -> Result<AppointmentRow> {
             return work(tx);
           })).value();
  }

  DeliveryCounts deliver() {
    return delivery_->run([] { return false; });
  }
  std::vector<storage::MessageRow> ledger_of(const PatientId& patient) {
    CallContext ctx = as(admin, Permission::message_view);
    return ctx.read([&](storage::Snapshot& s) { return storage::ledger::list(s, {patient, {}, 100}); });
  }
  std::size_t sent_to(std::string_view address) {
    return static_cast<std::size_t>(
        std::ranges::count_if(mailer_.sent, [&](const OutgoingMail& m) { return m.to.reveal() == address; }));
  }

  KeepingMailer mailer_;
  Instant start_;
  LocationId location_;
  ServiceId service_ = new_id<ServiceId>();
  std::optional<Delivery> delivery_;

 private:
  static Instant real_now() {
    return Instant::from_micros(SystemClock().now().micros());
  }
};

}  // namespace sealbook::app::testing
