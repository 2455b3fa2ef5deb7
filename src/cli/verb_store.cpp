#include <sys/stat.h>

#include <iostream>

#include "cli/exit_codes.hpp"
#include "cli/inspection.hpp"
#include "cli/instance.hpp"
#include "cli/server.hpp"
#include "cli/verbs.hpp"
#include "sql/sqlite/open_sqlite.hpp"

namespace sealbook::cli {
namespace {

namespace fs = std::filesystem;

int cannot(const std::string& why, int code) {
  std::cerr << "sealbook store unwrap-pages: " << why << "\n";
  return code;
}

}  // namespace

int store_unwrap_pages(const UnwrapPagesOptions& options) {
  harden_process();
  const auto config = load_config(options.dir);
  if (!config) return cannot(config.error().detail, config.error().code == ErrorCode::not_found ? exit_no_input : exit_config);
  if (config->engine != EngineKind::embedded)
    return cannot("On PostgreSQL no pages are ours to decrypt: pg_dump makes a copy, and its fields stay sealed.", exit_usage);
  // A link that leads nowhere counts as there: nothing is written through it.
  if (fs::symlink_status(options.out).type() != fs::file_type::not_found)
    return cannot("There is " + options.out.string() + " already; nothing is overwritten.", exit_usage);
  Inspection inspection(*config);
  if (inspection.keyring() == nullptr) {
    const auto& why = inspection.key_error() ? inspection.key_error() : inspection.keyring_error();
    return cannot(why->detail, exit_config);
  }
  if (!fs::exists(config->store_file)) return cannot("There is no store at " + config->store_file.string() + ".", exit_no_input);
  sql::SqliteConfig source;
  source.file = config->store_file;
  source.key = inspection.keyring()->instance().store_page_key().clone();
  source.cipher = config->page_cipher == "aegis" ? sql::PageCipher::aegis : sql::PageCipher::sqlcipher;
  source.mode = sql::SqliteConfig::Mode::reader;
  ::umask(0077);  // nobody else reads the copy, not even while it grows
  try {
    sql::write_plain_copy(source, options.out);
  } catch (const sql::EngineError& broken) {
    std::error_code ignored;
    fs::remove(options.out, ignored);  // half a copy is none
    return cannot(explain_engine(broken, "The store").detail, exit_unavailable);
  }
  ::chmod(options.out.c_str(), 0600);
  std::cout << "Wrote " << options.out.string() << ": a plain SQLite file, readable by its owner alone.\n"
            << "Names, notes and everything else that people typed stay sealed in it; ids and times do not.\n"
            << "Delete it when it has served.\n";
  return exit_ok;
}

}  // namespace sealbook::cli
