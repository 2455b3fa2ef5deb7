#include "base/log.hpp"

#include <unistd.h>

#include <atomic>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace sealbook::log {
namespace {

std::atomic<Level> least_level{Level::info};

constexpr std::string_view level_names[] = {"debug", "info", "warning", "error"};

}  // namespace

std::string LogField::quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

void set_level(Level least) { least_level.store(least, std::memory_order_relaxed); }

void write(Level level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.member("at", SystemClock().now().text());
  json.member("level", level_names[static_cast<std::size_t>(level)]);
  json.member("event", event);
  for (const LogField& field : fields) json.key(field.name).raw(field.encoded);
  json.end_object();
  line += '\n';
  // One write call keeps lines whole; a full or closed standard error is nobody's to mend here.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace sealbook::log
