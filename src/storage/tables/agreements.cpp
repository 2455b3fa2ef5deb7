#include "storage/tables/agreements.hpp"

#include <algorithm>

namespace sealbook::storage::agreements {
namespace {

using sql::Statement;

constexpr Statement insert_row{"agreements.insert",
    "INSERT INTO agreements (tenant, id, vendor, kind, region, mechanism, starts, expires, recorded, account, document) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Statement end_row{"agreements.end",
    "UPDATE agreements SET ended = $3 WHERE tenant = $1 AND id = $2 AND ended IS NULL RETURNING id"};
constexpr Statement select_all{"agreements.all",
    "SELECT id, vendor, kind, region, mechanism, starts, expires, ended, recorded, account, document FROM agreements "
    "WHERE tenant = $1 ORDER BY recorded, id"};

}  // namespace

void insert(Transaction& tx, const AgreementRow& a) {
  const auto document = a.document ? std::optional(ByteView(*a.document)) : std::nullopt;
  tx.enqueue(insert_row, a.id, a.vendor, static_cast<int>(a.kind), a.region, static_cast<int>(a.basis), a.starts,
             a.expires, a.recorded, a.account, document);
}

bool end(Transaction& tx, const AgreementId& id, Instant when) { return !tx.change(end_row, id, when).empty(); }

std::vector<AgreementRow> all(Snapshot& snapshot) {
  std::vector<AgreementRow> out;
  const sql::Rows rows = snapshot.query(select_all);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    AgreementRow a;
    a.id = rows.id<AgreementId>(i, 0);
    a.vendor = rows.text(i, 1);
    a.kind = static_cast<messages::AgreementKind>(rows.integer(i, 2));
    a.region = rows.text(i, 3);
    a.basis = static_cast<messages::TransferBasis>(rows.integer(i, 4));
    a.starts = rows.instant(i, 5);
    if (!rows.is_null(i, 6)) a.expires = rows.instant(i, 6);
    if (!rows.is_null(i, 7)) a.ended = rows.instant(i, 7);
    a.recorded = rows.instant(i, 8);
    a.account = rows.id<AccountId>(i, 9);
    if (!rows.is_null(i, 10) && rows.blob(i, 10).size() == 32) {
      a.document.emplace();
      std::ranges::copy(rows.blob(i, 10), a.document->begin());
    }
    out.push_back(std::move(a));
  }
  return out;
}

}  // namespace sealbook::storage::agreements
