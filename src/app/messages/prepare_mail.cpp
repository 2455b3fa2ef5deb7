#include "app/messages/prepare_mail.hpp"

#include "app/calendar/uid.hpp"
#include "app/links/codes.hpp"
#include "app/links/gate.hpp"
#include "app/links/link_token.hpp"
#include "app/messages/claim.hpp"
#include "app/sealing.hpp"
#include "app/templates/templates.hpp"
#include "app/sign_in/codes.hpp"
#include "domain/calendar/visit_ics.hpp"
#include "domain/messages/render.hpp"

namespace sealbook::app {
namespace {

using messages::Purpose;
using messages::Refusal;
using Refused = std::unexpected<Refusal>;

messages::Locale locale_of(const PatientRecord& record) {
  const auto own = record.language ? messages::locale_for(record.language->reveal()) : std::nullopt;
  return own.value_or(messages::Locale::en);
}

// Whether the visit is still what the message would say of it.
Refusal check_visit(const MessageRow& row, const KnownMessage& known) {
  if (!row.appointment) return Refusal::none;
  if (!known.visit || known.visit->announced != row.version) return Refusal::superseded;
  if (row.purpose == Purpose::reminder && known.visit->status != scheduling::Status::booked) return Refusal::superseded;
  return known.visit->when.starts <= known.now ? Refusal::too_late : Refusal::none;
}

// An invitation or a code is worth nothing without its link; a visit's message is.
bool is_about_its_link(Purpose purpose) {
  return purpose == Purpose::invitation || purpose == Purpose::invitation_again || purpose == Purpose::code;
}

std::expected<messages::MessageFacts, Refusal> facts_of(App& app, const Tenant& tenant, const MessageRow& row,
                                                        const KnownMessage& known) {
  const auto profile = tenant.profile();
  messages::MessageFacts facts;
  facts.message_name = profile->message_name;
  facts.phone = profile->phone;
  if (row.link) {
    if (!known.link || (is_about_its_link(row.purpose) && !known.link_stands)) return Refused(Refusal::link_gone);
    auto url = links::url_of(app, tenant, *known.link);
    if (!url) return Refused(Refusal::link_gone);
    facts.link = SensitiveText(std::move(*url));
  }
  if (row.purpose == Purpose::code) {
    auto code = row.link ? links::code_text(app, tenant, *row.link) : sign_in::code_to_send(app, tenant, row.patient);
    if (!code) return Refused(Refusal::link_gone);
    facts.code = std::move(*code);
  } else {
    facts.unsubscribe = SensitiveText(app.public_url + "/u/" + message_token(tenant, TokenUse::unsubscribe, row.id));
  }
  if (known.visit) {
    facts.starts_at = known.visit->when.starts;
    if (const auto zone = TimeZone::named(known.visit->zone)) facts.zone = *zone;
    const auto organisation = tenant.organisation();
    if (const Location* place = organisation->find_location(known.visit->location)) facts.location = place->name;
  }
  return facts;
}

void attach_calendar(OutgoingMail& mail, const App& app, const Tenant& tenant, const MessageRow& row,
                     const KnownMessage& known, const messages::MessageFacts& facts) {
  if (!known.visit || !facts.zone || *row.level != DetailLevel::time || row.purpose == Purpose::reminder) return;
  calendar::VisitEvent event;
  event.uid = calendar_uid(tenant.id(), known.visit->id);
  event.sequence = row.version;
  event.starts = known.visit->when.starts;
  event.ends = known.visit->when.ends;
  event.zone = *facts.zone;
  event.summary = calendar::neutral_summary(*row.locale);
  event.location = facts.location;
  event.organizer_name = facts.message_name;
  event.organizer_address = "reply+" + message_token(tenant, TokenUse::reply, row.id) + "@" + app.mail_domain;
  event.attendee_address = mail.to.reveal();
  event.stamp = row.claimed;
  const auto method = row.purpose == Purpose::cancellation ? calendar::Method::cancel : calendar::Method::request;
  // An address that cannot stand in a calendar file goes without one: the mail has its link.
  if (auto file = calendar::visit_ics(event, method))
    mail.attachments.push_back({std::string(calendar::visit_file_name), std::string(calendar::content_type(method)),
                                SensitiveText(std::move(*file))});
}

std::expected<OutgoingMail, Refusal> write_mail(const App& app, const Tenant& tenant, const RoundFacts& round,
                                                const MessageRow& row, const messages::MessageFacts& facts,
                                                const Contact& contact) {
  const auto made = templates::choose(tenant, messages::Channel::email, row.purpose, *row.locale);
  if (!made) return Refused(Refusal::not_renderable);
  auto rendered = messages::render(*made, facts, *row.level);
  if (!rendered) return Refused(Refusal::not_renderable);
  OutgoingMail mail;
  mail.message_id = row.id.text() + "@" + app.mail_domain;
  mail.from_name = facts.message_name;
  mail.from_address = round.settings.from_address.empty() ? app.mail_from : round.settings.from_address;
  mail.envelope_from = "bounce+" + message_token(tenant, TokenUse::bounce, row.id) + "@" + app.mail_domain;
  mail.reply_to = round.settings.reply_to;
  mail.to = contact.value;
  mail.subject = std::move(rendered->subject);
  mail.text = std::move(rendered->text);
  mail.language = *row.locale == messages::Locale::es ? "es" : "en";
  mail.unsubscribe_url = facts.unsubscribe;
  return mail;
}

}  // namespace

Result<RoundFacts> load_round(App& app, const Tenant& tenant) {
  std::optional<Result<RoundFacts>> facts;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    auto settings = load_settings(app, tenant, s);
    if (settings) facts.emplace(RoundFacts{std::move(*settings), storage::agreements::all(s)});
    else facts.emplace(fail(std::move(settings).error()));
  });
  return std::move(*facts);
}

const Contact* choose_contact(const PatientRecord& record, const keys::TenantKeys& keys,
                              const std::vector<ContactBlockRow>& blocks, Purpose purpose) {
  const Contact* first = nullptr;
  for (const Contact& contact : record.contacts) {
    if (contact.kind != ContactKind::email || !contact.safe) continue;
    if (contact.typed_by_patient && !contact.verified && purpose != Purpose::code) continue;
    if (blocked_by(blocks, indexes_of(keys, contact), purpose) == Refusal::none) return &contact;
    if (first == nullptr) first = &contact;
  }
  return first;
}

std::vector<KnownMessage> read_known(App& app, const Tenant& tenant, std::span<const MessageRow> rows) {
  std::vector<KnownMessage> all(rows.size());
  bool is_link_asked = false;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) {
    const auto disowned = storage::contact_blocks::disowned(s);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      KnownMessage& known = all[i];
      known.now = s.now();
      known.patient = storage::patients::find(s, rows[i].patient);
      known.blocks = storage::contact_blocks::of_patient(s, rows[i].patient);
      known.blocks.insert(known.blocks.end(), disowned.begin(), disowned.end());
      known.preference = storage::message_settings::preference(s, rows[i].patient);
      if (rows[i].appointment) known.visit = storage::appointments::find(s, *rows[i].appointment);
      if (rows[i].link) known.link = storage::links::find(s, *rows[i].link);
      is_link_asked = is_link_asked || (known.link && is_about_its_link(rows[i].purpose));
    }
  });
  if (!is_link_asked) return all;
  // A link is looked up as its bearer's will be: by its hash, across tenants.
  app.store.read(storage::TenantRef{}, [&](storage::Snapshot& s) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!all[i].link || !is_about_its_link(rows[i].purpose)) continue;
      const auto standing = storage::links::find_by_hash(s, all[i].link->hash);
      all[i].link_stands = standing && links::stands(*standing, s.now());
    }
  });
  return all;
}

std::expected<PreparedMail, Refusal> prepare_mail(App& app, const Tenant& tenant, const RoundFacts& round,
                                                  MessageRow& row) {
  return prepare_mail(app, tenant, round, row, read_known(app, tenant, {&row, 1}).front());
}

std::expected<PreparedMail, Refusal> prepare_mail(App& app, const Tenant& tenant, const RoundFacts& round,
                                                  MessageRow& row, const KnownMessage& known) {
  if (const Refusal stale = check_visit(row, known); stale != Refusal::none) return Refused(stale);
  if (app.mailer == nullptr) return Refused(Refusal::no_mailer);
  if (!known.patient) return Refused(Refusal::erased);
  const auto key = app.keyring.person_key(tenant.id(), known.patient->key);
  if (!key) return Refused(Refusal::erased);
  const auto record = open_patient(app, tenant.id(), **key, *known.patient, false);
  if (!record) return Refused(Refusal::erased);
  const auto keys = tenant.keys();
  const Contact* contact = choose_contact(*record, *keys, known.blocks, row.purpose);
  if (contact == nullptr) return Refused(Refusal::no_address);
  const auto indexes = indexes_of(*keys, *contact);
  if (indexes.empty()) return Refused(Refusal::no_address);
  row.contact = indexes.front();
  row.locale = locale_of(*record);
  row.level = level_for(round.settings, tenant.profile()->regime, known.preference);
  auto permit = EgressGate::ask({tenant.id(), tenant.profile()->regime, app.mailer->vendor(), row.purpose,
                                 app.environment, known.now, round.agreements, known.blocks, contact->value.reveal(),
                                 indexes});
  if (!permit) return Refused(permit.error());
  auto facts = facts_of(app, tenant, row, known);
  if (!facts) return Refused(facts.error());
  auto mail = write_mail(app, tenant, round, row, *facts, *contact);
  if (!mail) return Refused(mail.error());
  attach_calendar(*mail, app, tenant, row, known, *facts);
  return PreparedMail{std::move(*permit), std::move(*mail)};
}

}  // namespace sealbook::app
