#include "domain/import/columns.hpp"

#include <algorithm>

namespace sealbook::importing {
namespace {

using F = ColumnField;

constexpr std::array<std::pair<std::string_view, F>, 28> names{{
    {"ignore", F::ignore},
    {"given", F::given},
    {"family", F::family},
    {"second_family", F::second_family},
    {"preferred", F::preferred},
    {"birth_date", F::birth_date},
    {"email", F::email},
    {"phone", F::phone},
    {"address", F::address},
    {"city", F::city},
    {"region", F::region},
    {"postal_code", F::postal_code},
    {"country", F::country},
    {"language", F::language},
    {"identifier", F::identifier},
    {"issuer", F::issuer},
    {"external_id", F::external_id},
    {"needs", F::needs},
    {"note", F::note},
    {"old_id", F::old_id},
    {"starts", F::starts},
    {"starts_time", F::starts_time},
    {"ends", F::ends},
    {"ends_time", F::ends_time},
    {"duration", F::duration},
    {"practitioner", F::practitioner},
    {"service", F::service},
    {"location", F::location},
}};
constexpr std::pair<std::string_view, F> status_name{"status", F::status};

struct Alias {
  F field;
  std::string_view keys;  // separated by spaces
};

constexpr Alias person_aliases[] = {
    {F::given,
     "given givenname givennames first firstname forename forenames nombre nombres nombredepila "
     "patientgivenname patientfirstname"},
    {F::family,
     "family familyname last lastname surname surnames apellido apellidos primerapellido apellido1 "
     "apellidopaterno patientfamilyname patientlastname"},
    {F::second_family,
     "secondfamily secondfamilyname secondsurname segundoapellido apellido2 apellidomaterno"},
    {F::preferred, "preferred preferredname nickname knownas nombrepreferido"},
    {F::birth_date,
     "birthdate dateofbirth dob born birthday fechanacimiento fechadenacimiento fnacimiento "
     "nacimiento fnac patientbirthdate"},
    {F::email,
     "email emailaddress mail emailaddress1 correo correoelectronico direcciondecorreo "
     "patientemail"},
    {F::phone,
     "phone phonenumber telephone tel mobile mobilephone mobilenumber cell cellphone homephone "
     "telefono telefonomovil movil celular telefonofijo patientphone"},
    {F::address, "address street streetaddress address1 addressline1 direccion domicilio calle"},
    {F::city, "city town ciudad localidad municipio poblacion"},
    {F::region, "state province region county provincia estado"},
    {F::postal_code, "postalcode postcode zip zipcode codigopostal cp"},
    {F::country, "country pais"},
    {F::language, "language preferredlanguage lang idioma lengua"},
    {F::identifier,
     "identifier dni nie nif ssn nhsnumber passport pasaporte insurancenumber memberid "
     "patientidentifier"},
    {F::issuer, "issuer identifierissuer identifiersystem emisor"},
    {F::needs, "needs accessneeds necesidades"},
};
constexpr Alias people_only[] = {
    {F::external_id,
     "id externalid patientid personid participantid recordid mrn nhc idpaciente numerodehistoria "
     "historiaclinica codigo"},
    {F::note, "note notes comment comments nota notas observaciones comentarios"},
};
constexpr Alias visits_only[] = {
    {F::old_id, "id oldid appointmentid apptid bookingid visitid idcita cita uid"},
    {F::external_id, "patientid externalid patientexternalid mrn nhc idpaciente"},
    {F::starts,
     "start starts startsat startat starttime startdate startdatetime begin date datetime "
     "appointmentdate "
     "inicio fecha fechainicio fechayhora"},
    {F::starts_time, "time hour appointmenttime hora horainicio horadeinicio"},
    {F::ends, "end ends endsat endat enddatetime enddate fin fechafin"},
    {F::ends_time, "endtime horafin horadefin"},
    {F::duration, "duration durationminutes minutes length mins duracion minutos"},
    {F::practitioner,
     "practitioner provider doctor clinician physician staff resource profesional medico doctora"},
    {F::service,
     "service appointmenttype visittype type reason servicio tipo tipodecita prestacion"},
    {F::location, "location site clinic place centro sede lugar ubicacion"},
    {F::status, "status state appointmentstatus estado"},
    {F::note, "note notes comment comments nota notas observaciones comentarios"},
};

bool lists(std::string_view keys, std::string_view key) {
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (keys.substr(0, end) == key) return true;
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return false;
}

F known_name(std::string_view key, FileKind kind) {
  const auto in = [&](std::span<const Alias> aliases) {
    const auto found =
        std::ranges::find_if(aliases, [&](const Alias& a) { return lists(a.keys, key); });
    return found == aliases.end() ? F::ignore : found->field;
  };
  const F own = kind == FileKind::people ? in(people_only) : in(visits_only);
  return own != F::ignore ? own : in(person_aliases);
}

bool may_repeat(F field) {
  return field == F::email || field == F::phone || field == F::identifier || field == F::ignore ||
         field == F::address;
}

// Latin-1 letters by their base, from U+00C0; '?' stays out.
constexpr std::string_view bases =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty";

Error missing(F field, std::string_view sentence) {
  return invalid_field("/header/" + std::string(to_text(field)), "required", std::string(sentence));
}

Result<void> ensure_needed(const Columns& columns, FileKind kind) {
  if (kind == FileKind::people) {
    for (const F field : {F::given, F::family, F::birth_date})
      if (!columns.has(field))
        return fail(missing(
            field, "No column is known to hold this; name it, or save a mapping that does."));
    return {};
  }
  for (const F field : {F::old_id, F::starts, F::service})
    if (!columns.has(field))
      return fail(
          missing(field, "No column is known to hold this; name it, or save a mapping that does."));
  if (!columns.has(F::ends) && !columns.has(F::ends_time) && !columns.has(F::duration))
    return fail(missing(F::duration, "An appointment needs an end or a duration."));
  const bool by_name = columns.has(F::family) && columns.has(F::birth_date);
  if (!columns.has(F::external_id) && !columns.has(F::identifier) && !by_name &&
      !columns.has(F::email))
    return fail(
        missing(F::external_id,
                "Nothing tells whose appointment it is: an old id, an identifier, an e-mail "
                "address, or name and birth date."));
  return {};
}

}  // namespace

std::string_view to_text(ColumnField field) {
  if (field == F::status) return status_name.first;
  return names[static_cast<std::size_t>(field)].first;
}

std::optional<ColumnField> parse_column_field(std::string_view text) {
  if (text == status_name.first) return status_name.second;
  const auto found = std::ranges::find(names, text, &std::pair<std::string_view, F>::first);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::string header_key(std::string_view header) {
  std::string key;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto c = static_cast<unsigned char>(header[i]);
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c + 32);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += static_cast<char>(c);
    else if (c == 0xC3 && i + 1 < header.size()) {
      const auto index = static_cast<std::size_t>(static_cast<unsigned char>(header[++i]) - 0x80);
      if (index < bases.size() && bases[index] != '?') key += bases[index];
    } else if (c >= 0x80) {
      key += static_cast<char>(c);  // other scripts as they are
    }
  }
  return key;
}

Result<Columns> Columns::from_header(const std::vector<std::string>& header, FileKind kind,
                                     const ReadRules& rules, Findings& findings) {
  Columns result;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name(trimmed(header[i]));
    const std::string key = header_key(name);
    F field = F::ignore;
    if (const auto mapped = rules.columns.find(key); mapped != rules.columns.end())
      field = mapped->second;
    else if (rules.columns.empty()) field = known_name(key, kind);
    if (field == F::ignore && !name.empty())
      findings.note(1, "ignored", name.substr(0, 200), "Nobody reads this column.");
    if (!may_repeat(field) && result.has(field))
      return fail(invalid_field("/header/" + std::string(sealbook::importing::to_text(field)),
                                "unique",
                                "Two columns hold the same; rename one, or save a mapping."));
    result.columns_.push_back({field, name.substr(0, 200)});
  }
  ENSURE(ensure_needed(result, kind));
  return result;
}

std::optional<std::size_t> Columns::find(ColumnField field) const {
  const auto found = std::ranges::find(columns_, field, &Column::field);
  return found == columns_.end()
             ? std::nullopt
             : std::optional(static_cast<std::size_t>(found - columns_.begin()));
}

std::string_view trimmed(std::string_view text) {
  const auto outer = [](std::string_view t) -> std::size_t {
    if (t.empty()) return 0;
    if (t.front() == ' ' || t.front() == '\t' || t.front() == '\r' || t.front() == '\n') return 1;
    return t.starts_with("\xC2\xA0") ? 2 : 0;
  };
  while (const std::size_t n = outer(text)) text.remove_prefix(n);
  while (!text.empty()) {
    const char last = text.back();
    if (last == ' ' || last == '\t' || last == '\r' || last == '\n') text.remove_suffix(1);
    else if (text.ends_with("\xC2\xA0")) text.remove_suffix(2);
    else break;
  }
  return text;
}

std::string_view broken_text(std::string_view utf8, std::size_t most_characters, bool multiline) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if ((c & 0xC0) == 0x80) continue;
    ++characters;
    const auto second = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0U;
    const auto third = i + 2 < utf8.size() ? static_cast<unsigned char>(utf8[i + 2]) : 0U;
    if (c < 0x20 && !(multiline && (c == '\n' || c == '\t' || c == '\r'))) return "characters";
    if (c == 0x7F || (c == 0xC2 && second < 0xA0)) return "characters";
    if (c == 0xE2 && second == 0x80 && third >= 0xA8 && third <= 0xAE)
      return "characters";  // U+2028 to 202E
    if (c == 0xE2 && second == 0x81 && third >= 0xA6 && third <= 0xA9)
      return "characters";                                                  // U+2066 to 2069
    if (c == 0xEF && second == 0xBF && third >= 0xBD) return "characters";  // U+FFFD to FFFF
  }
  return characters > most_characters ? "length" : "";
}

}  // namespace sealbook::importing
