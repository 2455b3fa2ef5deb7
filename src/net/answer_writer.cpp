#include "net/answer_writer.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "net/refusal.hpp"

namespace sealbook::net {
namespace {

// The same bytes in every answer (CONTROLS TLS-02, WEB), so they are appended at once.
constexpr std::string_view security_headers =
    "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";
constexpr std::string_view default_policy = "default-src 'none'; frame-ancestors 'none'";

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "";  // the phrase may be empty (RFC 9112 section 4)
  }
}

bool is_token(std::string_view name) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.contains(c);
  });
}

bool is_clean(std::string_view value) {
  return std::ranges::none_of(value, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

bool may_be_sent(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599) return false;
  if (!is_clean(response.content_type) || !is_clean(response.content_security_policy) ||
      !is_clean(response.cache_control))
    return false;
  return std::ranges::all_of(response.headers,
                             [](const auto& h) { return is_token(h.first) && is_clean(h.second); });
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_number(std::string& out, std::uint64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

}  // namespace

void append_answer(std::string& out, const HttpResponse& response, const AnswerContext& context) {
  if (!may_be_sent(response)) {
    AnswerContext closing = context;
    closing.keep_alive = false;
    return append_answer(out, answer_of(refusals::broken, context.request_id), closing);
  }
  const bool has_body = response.status != 204 && response.status != 304;
  out.reserve(out.size() + 1024 + (context.is_head ? 0 : response.body.size()));
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::uint64_t>(response.status));
  out.append(" ").append(reason(response.status)).append("\r\n");
  append_header(out, "Date", context.date);
  out.append(security_headers);
  append_header(
      out, "Content-Security-Policy",
      response.content_security_policy.empty() ? default_policy : response.content_security_policy);
  append_header(
      out, "Cache-Control",
      response.cache_control.empty() ? "no-store" : std::string_view(response.cache_control));
  append_header(out, "Request-Id", context.request_id);
  if (has_body) {
    if (!response.content_type.empty()) append_header(out, "Content-Type", response.content_type);
    out.append("Content-Length: ");
    append_number(out, response.body.size());
    out.append("\r\n");
  }
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  if (!context.keep_alive) out.append("Connection: close\r\n");
  out.append("\r\n");
  if (has_body && !context.is_head) out.append(response.body);
}

std::string http_date(Instant now) {
  using namespace std::chrono;
  const sys_seconds seconds_now{seconds(now.seconds())};
  const sys_days day = floor<days>(seconds_now);
  const year_month_day date(day);
  const hh_mm_ss time(seconds_now - day);
  constexpr std::string_view day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string text;
  const auto two = [&text](unsigned number) {
    text += static_cast<char>('0' + number / 10 % 10);
    text += static_cast<char>('0' + number % 10);
  };
  text.append(day_names[weekday(day).c_encoding()]).append(", ");
  two(static_cast<unsigned>(date.day()));
  text.append(" ").append(month_names[static_cast<unsigned>(date.month()) - 1]).append(" ");
  append_number(text, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  text += ' ';
  two(static_cast<unsigned>(time.hours().count()));
  text += ':';
  two(static_cast<unsigned>(time.minutes().count()));
  text += ':';
  two(static_cast<unsigned>(time.seconds().count()));
  return text + " GMT";
}

}  // namespace sealbook::net
