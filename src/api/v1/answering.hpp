// answering(): the work of a use case, answered as the API shows it.
#pragma once

#include "app/work.hpp"

namespace sealbook::api {

// `view` turns what the transaction left into the response.
template <class Response, class Value>
app::Work<Response> answering(app::Work<Value> work, Response (*view)(const Value&)) {
  return [work = std::move(work), view](storage::Transaction& tx) mutable -> Result<Response> {
    TRY(value, work(tx));
    return view(value);
  };
}

// The same in one step: the error of preparing, or the work.
template <class Response, class Value>
Result<app::Work<Response>> answering(Result<app::Work<Value>> work, Response (*view)(const Value&)) {
  if (!work) return std::unexpected(std::move(work).error());
  return answering(std::move(*work), view);
}

}  // namespace sealbook::api
