#include "storage/patient_codec.hpp"

#include "base/cbor.hpp"
#include "base/instant.hpp"

namespace sealbook::storage {
namespace {

// Stable field ids. A retired one is never given to another field.
namespace pii {
enum : std::uint64_t { given = 1, family, second_family, preferred, birth_date, contacts, identifiers, language };
}
namespace contact {
enum : std::uint64_t { kind = 1, value, whose, label, safe, voicemail, verified, typed_by_patient };
}
namespace identifier {
enum : std::uint64_t { issuer = 1, value };
}
namespace phi {
enum : std::uint64_t { needs = 1, note };
}

using OptionalText = std::optional<SensitiveText>;

std::size_t count(std::initializer_list<bool> present) {
  std::size_t n = 0;
  for (const bool p : present) n += p ? 1 : 0;
  return n;
}

void put(CborWriter& out, std::uint64_t key, const OptionalText& text) {
  if (text) out.key(key).text(text->reveal());
}

void put(CborWriter& out, const Contact& c) {
  out.map(5 + count({c.whose.has_value(), c.label.has_value(), c.typed_by_patient}));
  out.key(contact::kind).uint(static_cast<std::uint64_t>(c.kind));
  out.key(contact::value).text(c.value.reveal());
  put(out, contact::whose, c.whose);
  put(out, contact::label, c.label);
  out.key(contact::safe).boolean(c.safe);
  out.key(contact::voicemail).boolean(c.voicemail_allowed);
  out.key(contact::verified).boolean(c.verified);
  if (c.typed_by_patient) out.key(contact::typed_by_patient).boolean(true);
}

Result<SensitiveText> take_text(CborReader& in) {
  TRY(text, in.text());
  return SensitiveText(std::string(text));
}

Result<Contact> take_contact(CborReader& in) {
  Contact c;
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case contact::kind: {
        TRY(kind, in.uint());
        if (kind > static_cast<std::uint64_t>(ContactKind::address)) return fail(ErrorCode::integrity);
        c.kind = static_cast<ContactKind>(kind);
        break;
      }
      case contact::value: { TRY(v, take_text(in)); c.value = std::move(v); break; }
      case contact::whose: { TRY(v, take_text(in)); c.whose = std::move(v); break; }
      case contact::label: { TRY(v, take_text(in)); c.label = std::move(v); break; }
      case contact::safe: { TRY(v, in.boolean()); c.safe = v; break; }
      case contact::voicemail: { TRY(v, in.boolean()); c.voicemail_allowed = v; break; }
      case contact::verified: { TRY(v, in.boolean()); c.verified = v; break; }
      case contact::typed_by_patient: { TRY(v, in.boolean()); c.typed_by_patient = v; break; }
      default: ENSURE(in.skip());
    }
  }
  return c;
}

Result<Identifier> take_identifier(CborReader& in) {
  Identifier id;
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case identifier::issuer: { TRY(v, take_text(in)); id.issuer = std::move(v); break; }
      case identifier::value: { TRY(v, take_text(in)); id.value = std::move(v); break; }
      default: ENSURE(in.skip());
    }
  }
  return id;
}

Result<void> take_birth_date(CborReader& in, PatientRecord& record) {
  TRY(text, in.text());
  const auto date = parse_date(text);
  if (!date) return fail(ErrorCode::integrity);
  record.birth_date = Sensitive(*date);
  return {};
}

Result<void> take_pii_field(std::uint64_t key, CborReader& in, PatientRecord& record) {
  switch (key) {
    case pii::given: {
      TRY(n, in.array());
      for (std::size_t i = 0; i < n; ++i) {
        TRY(name, take_text(in));
        record.name.given.push_back(std::move(name));
      }
      return {};
    }
    case pii::family: { TRY(v, take_text(in)); record.name.family = std::move(v); return {}; }
    case pii::second_family: { TRY(v, take_text(in)); record.name.second_family = std::move(v); return {}; }
    case pii::preferred: { TRY(v, take_text(in)); record.name.preferred = std::move(v); return {}; }
    case pii::birth_date: return take_birth_date(in, record);
    case pii::contacts: {
      TRY(n, in.array());
      for (std::size_t i = 0; i < n; ++i) {
        TRY(c, take_contact(in));
        record.contacts.push_back(std::move(c));
      }
      return {};
    }
    case pii::identifiers: {
      TRY(n, in.array());
      for (std::size_t i = 0; i < n; ++i) {
        TRY(id, take_identifier(in));
        record.identifiers.push_back(std::move(id));
      }
      return {};
    }
    case pii::language: { TRY(v, take_text(in)); record.language = std::move(v); return {}; }
    default: return in.skip();
  }
}

}  // namespace

Bytes encode_patient_pii(const PatientRecord& record) {
  Bytes body;
  CborWriter out(body);
  out.map(5 + count({record.name.second_family.has_value(), record.name.preferred.has_value(),
                     record.language.has_value()}));
  out.key(pii::given).array(record.name.given.size());
  for (const SensitiveText& name : record.name.given) out.text(name.reveal());
  out.key(pii::family).text(record.name.family.reveal());
  put(out, pii::second_family, record.name.second_family);
  put(out, pii::preferred, record.name.preferred);
  out.key(pii::birth_date).text(date_text(record.birth_date.reveal()));
  out.key(pii::contacts).array(record.contacts.size());
  for (const Contact& c : record.contacts) put(out, c);
  out.key(pii::identifiers).array(record.identifiers.size());
  for (const Identifier& id : record.identifiers)
    out.map(2).key(identifier::issuer).text(id.issuer.reveal()).key(identifier::value).text(id.value.reveal());
  put(out, pii::language, record.language);
  return body;
}

Bytes encode_patient_phi(const PatientRecord& record) {
  Bytes body;
  CborWriter out(body);
  out.map(count({record.needs.has_value(), record.note.has_value()}));
  put(out, phi::needs, record.needs);
  put(out, phi::note, record.note);
  return body;
}

Result<void> decode_patient_pii(ByteView body, PatientRecord& record) {
  CborReader in(body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    ENSURE(take_pii_field(key, in, record));
  }
  return in.finish();
}

Result<void> decode_patient_phi(ByteView body, PatientRecord& record) {
  CborReader in(body);
  TRY(pairs, in.map());
  for (std::size_t i = 0; i < pairs; ++i) {
    TRY(key, in.key());
    switch (key) {
      case phi::needs: { TRY(v, take_text(in)); record.needs = std::move(v); break; }
      case phi::note: { TRY(v, take_text(in)); record.note = std::move(v); break; }
      default: ENSURE(in.skip());
    }
  }
  return in.finish();
}

}  // namespace sealbook::storage
