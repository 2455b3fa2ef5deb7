#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

#include "app/messages/gate.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "cli/exit_codes.hpp"
#include "cli/mail.hpp"
#include "cli/mail_verbs.hpp"
#include "cli/server.hpp"

namespace sealbook::cli {
namespace {

int cannot(const Error& error, int code) {
  std::cerr << "sealbook mail test: " << error.detail << "\n";
  for (const FieldError& field : error.fields)
    std::cerr << "  " << field.pointer << ": " << field.detail << "\n";
  return code;
}

// Words that are the same for everybody.
OutgoingMail test_mail(const Config& config, const std::string& to) {
  const std::string mark = to_hex(random_array<8>());
  OutgoingMail mail;
  mail.message_id = "test-" + mark + "@" + config.mail.sending_domain();
  mail.from_name = "sealbook";
  mail.from_address = config.mail.from_address;
  mail.envelope_from = "bounce+test-" + mark + "@" + config.mail.sending_domain();
  mail.to = SensitiveText(to);
  mail.subject = SensitiveText("Test message");
  mail.text = SensitiveText(
      "This message shows that mail leaves this installation.\n"
      "Somebody who runs it asked for it; there is nothing to do.\n");
  mail.language = "en";
  return mail;
}

std::string_view word_of(MailVerdict verdict) {
  constexpr std::string_view words[] = {"accepted", "try-later", "address-refused", "refused",
                                        "unsafe"};
  return words[static_cast<std::size_t>(verdict)];
}

// Sends until all are sent or one was not accepted; answers the last outcome.
class Sending {
 public:
  Sending(const Config& config, const MailTestOptions& options, Mailer& mailer, const Clock& clock)
      : config_(config), options_(options), mailer_(mailer), clock_(clock) {}

  MailOutcome run() {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::min(options_.threads, options_.count); ++i)
      threads.emplace_back([this] { work(); });
    work();
    threads.clear();
    return last_;
  }
  unsigned accepted() const { return accepted_; }

 private:
  void work() {
    while (!failed_ && begun_.fetch_add(1) < options_.count) {
      const auto permit = app::EgressGate::for_operators_test(clock_.now());
      MailOutcome outcome = mailer_.send(permit, test_mail(config_, options_.to));
      const std::lock_guard lock(mutex_);
      if (outcome.verdict == MailVerdict::accepted) ++accepted_;
      else failed_ = true;
      if (outcome.verdict != MailVerdict::accepted || !failed_) last_ = std::move(outcome);
    }
  }

  const Config& config_;
  const MailTestOptions& options_;
  Mailer& mailer_;
  const Clock& clock_;
  std::atomic<unsigned> begun_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  unsigned accepted_ = 0;
  MailOutcome last_;
};

void print(const MailOutcome& outcome, unsigned accepted, double seconds,
           const MailTestOptions& options) {
  if (options.json) {
    std::string text;
    JsonWriter json(text);
    json.begin_object()
        .member("verdict", word_of(outcome.verdict))
        .member("code", outcome.smtp_code);
    json.member("reason", outcome.reason)
        .member("accepted", accepted)
        .member("seconds", seconds)
        .end_object();
    std::cout << text << "\n";
    return;
  }
  std::cout << word_of(outcome.verdict) << ": " << outcome.reason;
  if (outcome.smtp_code != 0) std::cout << " (" << outcome.smtp_code << ")";
  std::cout << "\n";
  if (options.count > 1) std::cout << accepted << " accepted in " << seconds << " s\n";
}

}  // namespace

int mail_test(const MailTestOptions& options) {
  harden_process();
  const auto config = load_config(options.dir);
  if (!config)
    return cannot(config.error(),
                  config.error().code == ErrorCode::not_found ? exit_no_input : exit_config);
  const SystemClock clock;
  auto mailer = make_mailer(*config, clock);
  if (!mailer) return cannot(mailer.error(), exit_config);
  if (!*mailer)
    return cannot(make_error(ErrorCode::invalid, "This instance has no [mail] in sealbook.toml."),
                  exit_config);
  const auto begin = std::chrono::steady_clock::now();
  Sending sending(*config, options, **mailer, clock);
  const MailOutcome outcome = sending.run();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  print(outcome, sending.accepted(), taken.count(), options);
  return outcome.verdict == MailVerdict::accepted ? exit_ok : exit_found_wrong;
}

}  // namespace sealbook::cli
