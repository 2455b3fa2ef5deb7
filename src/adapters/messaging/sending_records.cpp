#include "adapters/messaging/sending_records.hpp"

#include <algorithm>
#include <optional>

namespace sealbook::adapters {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// The records that are meant: "v=spf1" alone or followed by a blank or semicolon.
std::vector<std::string_view> of_version(const Texts& records, std::string_view version) {
  std::vector<std::string_view> found;
  for (const std::string& record : records) {
    const std::string_view text = trimmed(record);
    if (lower(text.substr(0, version.size())) != lower(version)) continue;
    const std::string_view rest = text.substr(version.size());
    if (rest.empty() || rest[0] == ' ' || rest[0] == ';' || rest[0] == '\t') found.push_back(text);
  }
  return found;
}

// The value of a tag in "v=…; name=value; …".
std::optional<std::string> tag(std::string_view record, std::string_view name) {
  while (!record.empty()) {
    const std::size_t end = std::min(record.find(';'), record.size());
    const std::string_view item = trimmed(record.substr(0, end));
    record.remove_prefix(std::min(end + 1, record.size()));
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos || lower(trimmed(item.substr(0, equals))) != name)
      continue;
    return std::string(trimmed(item.substr(equals + 1)));
  }
  return std::nullopt;
}

// There has to be one record of a kind; nothing when there is.
std::optional<Judgement> not_one(std::size_t found, std::string_view kind) {
  if (found == 1) return std::nullopt;
  if (found == 0) return Judgement{false, "There is no " + std::string(kind) + " record."};
  return Judgement{
      false, "There is more than one " + std::string(kind) + " record, so readers take none."};
}

}  // namespace

bool has_version(const Texts& records, std::string_view version) {
  return !of_version(records, version).empty();
}

Judgement judge_spf(const Texts& records) {
  const auto found = of_version(records, "v=spf1");
  if (auto wrong = not_one(found.size(), "SPF")) return *wrong;
  const std::string text = lower(found[0]) + " ";
  if (text.contains(" -all ")) return {true, "Others are refused (-all)."};
  if (text.contains(" ~all ")) return {true, "Others are suspect (~all)."};
  if (text.contains(" redirect="))
    return {true, "The policy is that of another domain (redirect=)."};
  if (text.contains(" +all ") || text.contains(" all "))
    return {false, "It lets everybody send for the domain (+all)."};
  return {false, "It does not say what is to become of others; end it with -all."};
}

Judgement judge_dkim(const Texts& records, std::string_view key_type, std::string_view public_key) {
  std::vector<std::string_view> found;
  for (const std::string& record : records)
    if (tag(record, "p")) found.push_back(record);
  if (auto wrong = not_one(found.size(), "DKIM")) return *wrong;
  const std::string type = tag(found[0], "k").value_or("rsa");
  if (tag(found[0], "v").value_or("DKIM1") != "DKIM1") return {false, "Its version is not DKIM1."};
  if (lower(type) != key_type)
    return {false, "It is for another kind of key than the one that signs here."};
  std::string published = *tag(found[0], "p");
  std::erase_if(published, [](char c) { return c == ' ' || c == '\t'; });
  if (published.empty()) return {false, "The key is revoked (empty p=)."};
  if (published != public_key) return {false, "It is another key than the one that signs here."};
  const auto flags = tag(found[0], "t");
  if (flags && flags->contains('y'))
    return {false, "It is marked as a test (t=y), so readers may ignore it."};
  return {true, "The published key is the one that signs here."};
}

Judgement judge_dmarc(const Texts& records, DmarcPlace place) {
  const auto found = of_version(records, "v=DMARC1");
  if (auto wrong = not_one(found.size(), "DMARC")) return *wrong;
  auto policy = tag(found[0], "p");
  if (place == DmarcPlace::parent) policy = tag(found[0], "sp").or_else([&] { return policy; });
  const std::string word = lower(policy.value_or(""));
  const std::string where = place == DmarcPlace::parent ? " by a domain above" : "";
  if (word != "quarantine" && word != "reject")
    return {false,
            "Forged mail is let through" + where + "; the policy has to be quarantine or reject."};
  const std::string part = tag(found[0], "pct").value_or("100");
  if (part != "100") return {false, "The policy holds for a part of the mails only (pct=)."};
  return {true, "Forged mail is to be " +
                    std::string(word == "reject" ? "rejected" : "quarantined") + where + "."};
}

Judgement judge_mta_sts(const Texts& records) {
  const auto found = of_version(records, "v=STSv1");
  if (auto wrong = not_one(found.size(), "MTA-STS")) return *wrong;
  const std::string id = tag(found[0], "id").value_or("");
  const bool good = !id.empty() && id.size() <= 32 && std::ranges::all_of(id, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  });
  if (!good) return {false, "Its id is missing or no word of 1 to 32 letters and digits."};
  return {true, "The policy is announced."};
}

Judgement judge_tls_rpt(const Texts& records) {
  const auto found = of_version(records, "v=TLSRPTv1");
  if (auto wrong = not_one(found.size(), "TLS-RPT")) return *wrong;
  const std::string to = lower(tag(found[0], "rua").value_or(""));
  if (!to.starts_with("mailto:") && !to.starts_with("https:"))
    return {false, "It names nobody who gets the reports (rua=)."};
  return {true, "Reports about failed TLS have an address."};
}

Judgement judge_mx(const std::vector<net::MailExchanger>& exchangers) {
  if (exchangers.empty()) return {false, "There is no MX record, so bounces may not come back."};
  if (std::ranges::all_of(exchangers, [](const auto& mx) { return mx.host.empty(); }))
    return {false, "The domain says that it takes no mail (null MX), so bounces cannot come back."};
  return {true, std::to_string(exchangers.size()) +
                    (exchangers.size() == 1 ? " host takes" : " hosts take") +
                    " mail for the domain."};
}

}  // namespace sealbook::adapters
