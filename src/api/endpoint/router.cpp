#include "api/endpoint/router.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace sealbook::api {
namespace {

constexpr std::size_t max_segments = 16;
constexpr std::size_t max_query_parameters = 64;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3629: shortest forms only, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t more = c < 0x80                ? 0
                             : c >= 0xc2 && c < 0xe0 ? 1
                             : c >= 0xe0 && c < 0xf0 ? 2
                             : c >= 0xf0 && c < 0xf5 ? 3
                                                     : 9;
    if (more == 9 || text.size() - i <= more) return false;
    char32_t value = more == 0 ? c : c & (0x3f >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      value = value << 6 | (next & 0x3f);
    }
    if ((more == 2 && (value < 0x800 || (value >= 0xd800 && value < 0xe000))) ||
        (more == 3 && (value < 0x10000 || value > 0x10ffff)))
      return false;
    i += more + 1;
  }
  return true;
}

std::optional<std::vector<std::string>> split_path(std::string_view path) {
  std::vector<std::string> segments;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::string_view raw = path.substr(0, path.find('/'));
    path.remove_prefix(raw.size());
    auto segment = percent_decode(raw);
    // "." and ".." would be resolved by whoever stands in front of us: here they name nothing.
    if (!segment || segment->empty() || *segment == "." || *segment == ".." ||
        segments.size() == max_segments)
      return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::unexpected<Error> bad_table(const Endpoint& a, const Endpoint& b, std::string_view what) {
  Error error = make_error(ErrorCode::internal);
  error.cause =
      std::string(what) + ": " + std::string(a.spec.id) + " and " + std::string(b.spec.id);
  return fail(std::move(error));
}

}  // namespace

struct Router::Node {
  std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> fixed;
  std::string_view parameter_name;  // of `parameter`, and of `tail` in its own node
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Node> tail;  // takes all that is left
  std::vector<const Endpoint*> rows;

  Node* child(std::string_view segment) const {
    for (const auto& [name, node] : fixed)
      if (name == segment) return node.get();
    return nullptr;
  }
  // The node whose path fits, with at least one row; static segments first.
  const Node* find(std::span<const std::string> segments,
                   std::vector<PathParameter>& parameters) const {
    if (segments.empty()) return rows.empty() ? nullptr : this;
    if (const Node* next = child(segments.front()))
      if (const Node* found = next->find(segments.subspan(1), parameters)) return found;
    if (parameter) {
      parameters.push_back({parameter_name, segments.front()});
      if (const Node* found = parameter->find(segments.subspan(1), parameters)) return found;
      parameters.pop_back();
    }
    if (!tail) return nullptr;
    std::string rest;
    for (const std::string& segment : segments)
      rest.append(rest.empty() ? "" : "/").append(segment);
    parameters.push_back({tail->parameter_name, std::move(rest)});
    return tail.get();
  }
  const Endpoint* row(Method method) const {
    for (const Endpoint* row : rows)
      if (row->spec.method == method) return row;
    return nullptr;
  }
  const Endpoint* any_row() const {
    if (!rows.empty()) return rows.front();
    for (const auto& [name, node] : fixed)
      if (const Endpoint* row = node->any_row()) return row;
    if (parameter) return parameter->any_row();
    return tail ? tail->any_row() : nullptr;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router::~Router() = default;

Result<Router> Router::build(std::span<const Endpoint> rows) {
  Router router;
  router.rows_ = rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k)
      if (rows[k].spec.id == rows[i].spec.id)
        return bad_table(rows[k], rows[i], "two endpoints of one id");
    ENSURE(router.add(rows[i]));
  }
  return router;
}

Result<void> Router::add(const Endpoint& row) {
  Node* node = root_.get();
  std::string_view path = row.spec.path;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    if (segment.empty()) return bad_table(row, row, "an empty segment in a path");
    if (!segment.starts_with('{')) {
      Node* next = node->child(segment);
      if (next == nullptr)
        next = node->fixed.emplace_back(segment, std::make_unique<Node>()).second.get();
      node = next;
      continue;
    }
    if (!segment.ends_with('}') || segment.size() < 3)
      return bad_table(row, row, "a broken parameter in a path");
    std::string_view name = segment.substr(1, segment.size() - 2);
    const bool takes_rest = name.ends_with("...");
    if (takes_rest && !path.empty())
      return bad_table(row, row, "a parameter that takes the rest is the last");
    if (takes_rest) name.remove_suffix(3);
    std::unique_ptr<Node>& next = takes_rest ? node->tail : node->parameter;
    std::string_view& known = takes_rest && next ? next->parameter_name : node->parameter_name;
    if (next && known != name)
      return bad_table(*next->any_row(), row, "one place of a path has two parameter names");
    if (!next) next = std::make_unique<Node>();
    (takes_rest ? next->parameter_name : node->parameter_name) = name;
    node = next.get();
  }
  if (const Endpoint* other = node->row(row.spec.method))
    return bad_table(*other, row, "two endpoints of one method and path");
  node->rows.push_back(&row);
  return {};
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  const auto segments = split_path(path);
  if (!segments || segments->empty()) return NotFound{};
  Match match{nullptr, {}};
  const Node* node = root_->find(*segments, match.parameters);
  if (node == nullptr) return NotFound{};
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Endpoint* row : node->rows) {
    if (to_text(row->spec.method) != wanted) continue;
    match.endpoint = row;
    return match;
  }
  std::string allow;
  for (const Endpoint* row : node->rows) {
    allow.append(allow.empty() ? "" : ", ").append(to_text(row->spec.method));
    if (row->spec.method == Method::get) allow += ", HEAD";
  }
  return MethodNotAllowed{std::move(allow)};
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
    decoded += c;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<QueryParameter>> parse_query(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), part.size() + 1));
    if (part.empty()) continue;
    if (parameters.size() == max_query_parameters) return std::nullopt;
    const std::size_t equals = part.find('=');
    const auto decode = [](std::string_view raw) {
      std::string spaced(raw);
      std::ranges::replace(spaced, '+', ' ');
      return percent_decode(spaced);
    };
    auto name = decode(part.substr(0, equals));
    auto value = equals == std::string_view::npos ? std::optional(std::string())
                                                  : decode(part.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    parameters.push_back({std::move(*name), std::move(*value)});
  }
  return parameters;
}

}  // namespace sealbook::api
