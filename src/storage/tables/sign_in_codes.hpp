// One-time codes with which patients sign in: that one was sent, never the code itself.
#pragma once

#include <optional>

#include "storage/transaction.hpp"

namespace sealbook::storage {

struct SignInCodeRow {
  RawId id{};
  PatientId patient;
  std::array<std::uint8_t, 16> contact{};  // blind index of the address it went to
  Instant created, expires;
  std::int64_t tries = 0;
  bool used = false;
};

namespace sign_in_codes {
void insert(Transaction& tx, const SignInCodeRow& row);
std::optional<SignInCodeRow> newest(Snapshot& snapshot, const PatientId& patient,
                                    const std::array<std::uint8_t, 16>& contact);
void count_try(Transaction& tx, const RawId& id);
// One use: false when it was used, has run out or was tried too often.
bool use(Transaction& tx, const RawId& id, Instant now, std::int64_t most_tries);
// The active account of a patient: whom a code signs in.
std::optional<AccountId> find_account(Snapshot& snapshot, const PatientId& patient);
}  // namespace sign_in_codes

}  // namespace sealbook::storage
