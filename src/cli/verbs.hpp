// The verbs that look at an instance: journal, pages, controls, and what would go wrong.
//
// None needs a running server, none minds one, and none changes the instance. Each prints for
// people (or JSON where it is asked for), says what to do next when something is wrong, and answers
// its exit code (exit_codes.hpp). Threads: each is called once, from main.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sealbook::cli {

// `sealbook audit verify`: every byte below DIR/audit/ (PostgreSQL: every row of the logs) against
// the public key; with `bodies` also what only the keys open. The last line of stdout is the number
// of entries. A store that is missing, locked or sealed with another key does not prevent it: what
// could not be counted is said.
struct AuditVerifyOptions {
  std::filesystem::path dir;
  bool bodies = false;
  std::vector<std::filesystem::path> since;  // checkpoints kept elsewhere, of any log
};
int audit_verify(const AuditVerifyOptions& options);

// `sealbook store unwrap-pages`: a plain SQLite file of the store; sealed fields stay sealed.
// Refuses an `out` that exists.
struct UnwrapPagesOptions {
  std::filesystem::path dir;
  std::filesystem::path out;
};
int store_unwrap_pages(const UnwrapPagesOptions& options);

// `sealbook controls`: what each row of the catalogue is worth. Without `dir` no probe can run.
struct ControlsOptions {
  std::optional<std::filesystem::path> dir;
  bool json = false;
  bool all = false;     // rows with what they ask, their evidence and what they lack
  std::string family;   // "ENC" or "ENC-01"; empty: all
  std::string state;    // "enforced", …; empty: all
};
int print_controls_verb(const ControlsOptions& options);

// `sealbook doctor`: everything that would go wrong, before it does. One line per check.
struct DoctorOptions {
  std::filesystem::path dir;
  bool json = false;
};
int doctor(const DoctorOptions& options);

}  // namespace sealbook::cli
