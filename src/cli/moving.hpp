// The verbs that bring data in, and that make data up. Each answers its exit code (exit_codes.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sealbook::cli {

// `sealbook import`: reads the file, says what is wrong with it, and brings the rest in, with a
// bar. When it is stopped or killed, the same command, `serve`, or `import --resume` goes on where
// it was. The embedded store must not be in use by a server; send the file to the server then (POST
// /v1/imports).
struct ImportOptions {
  std::filesystem::path dir;
  std::string tenant;          // slug
  std::filesystem::path file;  // .csv .txt .tsv: CSV; .ndjson .jsonl: FHIR; .ics: calendar
  std::string event;           // id; empty: none
  std::string mapping;         // name; empty: by the usual names of columns
  std::string date_order, calling_code, source;
  std::filesystem::path sheet;  // where the comparison sheet of appointments is written
  bool dry_run = false, appointments = false, resume = false;
};
int run_import(const ImportOptions& options);

// `sealbook synth`: people.csv, people.ndjson, and with appointments the old book as CSV and ICS.
struct SynthOptions {
  std::filesystem::path out;
  std::uint64_t seed = 1;
  std::size_t people = 100, appointments = 0, practitioners = 4, overlaps = 0;
  std::string first_day;  // of the book, as 2027-01-04
};
int run_synth(const SynthOptions& options);

}  // namespace sealbook::cli
