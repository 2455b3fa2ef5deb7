// Router finds the endpoint of a request: built once at start, read by every thread after that.
//
// Static segments win over parameters. Segments are percent-decoded strictly (RFC 3986 section
// 2.1): what does not decode to clean UTF-8 names nothing. HEAD is answered by the GET of its path.
#pragma once

#include <memory>
#include <variant>

#include "api/endpoint/endpoint.hpp"

namespace sealbook::api {

class Router {
 public:
  // Fails when two rows have one method and path, one id, or templates that differ only in a
  // parameter's name; the error's cause names both. The rows must outlive the router.
  static Result<Router> build(std::span<const Endpoint> rows);
  Router(Router&&) noexcept;
  ~Router();

  struct Match {
    const Endpoint* endpoint;
    std::vector<PathParameter> parameters;
  };
  struct NotFound {};
  struct MethodNotAllowed {
    std::string allow;
  };  // "GET, HEAD, POST"
  using Found = std::variant<Match, NotFound, MethodNotAllowed>;

  // `path` is raw, without the query.
  Found find(std::string_view method, std::string_view path) const;
  std::span<const Endpoint> rows() const { return rows_; }

 private:
  struct Node;
  Router();
  Result<void> add(const Endpoint& row);
  std::unique_ptr<Node> root_;
  std::span<const Endpoint> rows_;
};

// Percent-decodes one segment or query part; nothing when an escape is broken, or the result is
// not valid UTF-8 or holds a control character.
std::optional<std::string> percent_decode(std::string_view text);

struct QueryParameter {
  std::string name;
  std::string value;
};
// Splits "a=1&b=2"; '+' is a space (WHATWG URL, application/x-www-form-urlencoded). Nothing when
// a part does not decode or there are more than 64.
std::optional<std::vector<QueryParameter>> parse_query(std::string_view query);

}  // namespace sealbook::api
