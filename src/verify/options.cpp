#include "verify/options.hpp"

#include <string_view>

namespace sealbook::verify {

const char* const usage =
    "Checks a sealbook journal with the public key alone.\n"
    "\n"
    "  sealbook-verify DIR/audit --key KEYFILE [--since CHECKPOINT_FILE]...\n"
    "      Reads every file below DIR/audit. Prints the number of entries last, or names the first\n"
    "      wrong index or file. --since: a checkpoint kept elsewhere that the journal must contain.\n"
    "  sealbook-verify --proof FILE --key KEYFILE [--body FILE]\n"
    "      Checks one inclusion proof (c2sp.org/tlog-proof); --body: the salt (32 bytes) and the body\n"
    "      of a disclosed entry, which must be the one that the proof is about.\n"
    "  sealbook-verify --consistency FILE --since CHECKPOINT_FILE --key KEYFILE\n"
    "      Checks that a newer checkpoint continues an older one.\n"
    "\n"
    "KEYFILE holds one line: the instance's verifier key (c2sp.org/signed-note).\n"
    "Exit codes: 0 all is right, 1 something is wrong (named), 2 it could not be checked, 64 usage.\n";

namespace {

std::unexpected<Error> bad(std::string sentence) { return fail(ErrorCode::invalid, std::move(sentence)); }

Result<void> check(const Options& options) {
  if (options.key_file.empty()) return bad("--key KEYFILE is needed.");
  const int modes = !options.folder.empty() + !options.proof_file.empty() + !options.consistency_file.empty();
  if (modes != 1) return bad("Give one of DIR/audit, --proof and --consistency.");
  if (!options.body_file.empty() && options.proof_file.empty()) return bad("--body goes with --proof.");
  if (!options.proof_file.empty() && !options.since.empty()) return bad("--since does not go with --proof.");
  if (!options.consistency_file.empty() && options.since.size() != 1)
    return bad("--consistency needs one --since CHECKPOINT_FILE.");
  return {};
}

}  // namespace

Result<Options> parse_options(std::span<const char* const> arguments) {
  Options out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      out.help = true;
      return out;
    }
    if (!argument.starts_with("--")) {
      if (!out.folder.empty()) return bad("Only one folder can be checked at a time.");
      out.folder = argument;
      continue;
    }
    if (i + 1 == arguments.size()) return bad(std::string(argument) + " needs a value.");
    const std::string value = arguments[++i];
    if (argument == "--key") out.key_file = value;
    else if (argument == "--since") out.since.push_back(value);
    else if (argument == "--proof") out.proof_file = value;
    else if (argument == "--body") out.body_file = value;
    else if (argument == "--consistency") out.consistency_file = value;
    else return bad("Unknown option " + std::string(argument) + ".");
  }
  ENSURE(check(out));
  return out;
}

}  // namespace sealbook::verify
