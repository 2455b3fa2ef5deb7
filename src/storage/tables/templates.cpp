#include "storage/tables/templates.hpp"

namespace sealbook::storage::templates {
namespace {

using sql::Statement;

constexpr Statement insert_template{"templates.insert",
                                    "INSERT INTO templates (tenant, id, version, active, channel, "
                                    "locale, purpose, created, sealed) "
                                    "VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8)"};
constexpr Statement replace_template{
    "templates.replace",
    "UPDATE templates SET version = $3, active = $4, sealed = $5 "
    "WHERE tenant = $1 AND id = $2 AND version = $3 - 1 RETURNING version"};
constexpr Statement all_templates{
    "templates.all",
    "SELECT id, version, active, channel, locale, purpose, created, sealed FROM templates "
    "WHERE tenant = $1 ORDER BY id"};

}  // namespace

void insert(Transaction& tx, const TemplateRow& row) {
  tx.enqueue(insert_template, row.id, row.version, static_cast<int>(row.channel),
             static_cast<int>(row.locale), static_cast<int>(row.purpose), row.created, row.sealed);
}

bool replace(Transaction& tx, const TemplateRow& row) {
  return !tx.change(replace_template, row.id, row.version, row.active, row.sealed).empty();
}

std::vector<TemplateRow> all(Snapshot& snapshot) {
  std::vector<TemplateRow> out;
  const sql::Rows rows = snapshot.query(all_templates);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    TemplateRow row;
    row.id = rows.id<TemplateId>(i, 0);
    row.version = rows.integer(i, 1);
    row.active = rows.integer(i, 2) != 0;
    row.channel = static_cast<messages::Channel>(rows.integer(i, 3));
    row.locale = static_cast<messages::Locale>(rows.integer(i, 4));
    row.purpose = static_cast<messages::Purpose>(rows.integer(i, 5));
    row.created = rows.instant(i, 6);
    row.sealed = Bytes(rows.blob(i, 7).begin(), rows.blob(i, 7).end());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace sealbook::storage::templates
