#include "app/links/link_token.hpp"

#include <algorithm>

#include "app/accounts/tokens.hpp"
#include "base/random.hpp"
#include "security/crypto/hash.hpp"
#include "storage/tables/events.hpp"

namespace sealbook::app::links {

std::string link_token(const crypto::HmacSha256Key& link_key, const LinkId& id) {
  return token_text("l", link_key.mac({as_bytes("sealbook link 1"), id.bytes()}));
}

Hash256 hash_of(std::string_view token) { return crypto::sha256(as_bytes(token)); }

Result<std::string> url_of(App& app, const Tenant& tenant, const LinkId& id) {
  std::optional<storage::LinkRow> row;
  app.store.read(tenant.ref(), [&](storage::Snapshot& snapshot) { row = storage::links::find(snapshot, id); });
  if (!row) return fail(ErrorCode::not_found, "There is no such link.");
  return url_of(app, tenant, *row);
}

Result<std::string> url_of(const App& app, const Tenant& tenant, const storage::LinkRow& row) {
  const std::string token = link_token(*tenant.keys(), row.id);
  if (hash_of(token) != row.hash) {
    Error error = make_error(ErrorCode::integrity);
    error.cause = "a link was made with another key of its tenant";
    return fail(std::move(error));
  }
  return app.public_url + "/l/" + token;
}

namespace {

// Whether the link's event, or its visitor, booked that visit through it.
bool booked_through(storage::Snapshot& s, const storage::LinkRow& link, const AppointmentId& appointment) {
  if (link.expires && *link.expires <= s.now()) return false;
  if (link.kind == storage::LinkKind::appointment) return link.appointment == appointment;
  if (link.kind == storage::LinkKind::event) {
    const auto event = storage::event_table::find(s, *link.event);
    if (!event || link.issued < event->links_from || !events::is_open(event->value, s.now())) return false;
  }
  const EventId group = link.event.value_or(EventId::from_raw(link.id.raw()));
  const auto visits = storage::event_visits::live(s, group, link.patient);
  return std::ranges::find(visits, appointment) != visits.end();
}

}  // namespace

Result<LinkId> ensure_for_appointment(storage::Transaction& tx, const Tenant& tenant, const PatientId& patient,
                                      const AppointmentId& appointment) {
  const Instant epoch = storage::links::epoch(tx);
  for (const auto& row : storage::links::of_patient(tx, patient))
    if (row.issued >= epoch && booked_through(tx, row, appointment)) return row.id;
  storage::LinkRow row;
  row.id = new_id<LinkId>();
  row.hash = hash_of(link_token(*tenant.keys(), row.id));
  row.kind = storage::LinkKind::appointment;
  row.patient = patient;
  row.appointment = appointment;
  row.issued = tx.now();
  storage::links::insert(tx, row);
  return row.id;
}

}  // namespace sealbook::app::links
