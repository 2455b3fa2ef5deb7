#include <iostream>

#include "app/controls/report.hpp"
#include "base/clock.hpp"
#include "cli/exit_codes.hpp"
#include "cli/facts.hpp"
#include "cli/server.hpp"
#include "cli/verbs.hpp"

namespace sealbook::cli {
namespace {

int cannot(std::string_view why, int code) {
  std::cerr << "sealbook controls: " << why << "\n";
  return code;
}

}  // namespace

int print_controls_verb(const ControlsOptions& options) {
  harden_process();
  controls::Filter filter{options.family, std::nullopt};
  if (!options.state.empty()) {
    filter.state = controls::parse_state(options.state);
    if (!filter.state) return cannot("--state is enforced, partial, attested or absent.", exit_usage);
  }
  controls::Facts facts;
  facts.now = SystemClock().now();
  if (options.dir) {
    const auto config = load_config(*options.dir);
    if (!config) return cannot(config.error().detail, config.error().code == ErrorCode::not_found ? exit_no_input : exit_config);
    facts = measure_facts(*config, nullptr);
  }
  const auto all = controls::assess_this_build(facts);
  const auto rows = controls::select(all, filter);
  if (!rows) return cannot(rows.error().detail, exit_usage);
  if (options.json) {
    std::cout << controls::controls_json(*rows) << "\n";
    return exit_ok;
  }
  const bool some = !options.family.empty() || filter.state;
  using controls::Detail;
  controls::print_controls(std::cout, *rows, options.all ? Detail::everything : some ? Detail::rows : Detail::summary);
  if (!options.dir) std::cout << "Without --dir nothing of an installation could be seen: no probe was run.\n";
  return exit_ok;
}

}  // namespace sealbook::cli
