// Work is what a changing use case leaves for the writer: keys, policy and sealing are done, SQL
// and the pure check remain (DECISIONS 11). It may be called again after a conflict of the engine.
#pragma once

#include <functional>

#include "base/result.hpp"
#include "storage/transaction.hpp"  // libstdc++ 12's move_only_function asks for its size

namespace sealbook::app {

struct CallContext;

template <class R>
using Work = std::move_only_function<Result<R>(storage::Transaction&)>;

}  // namespace sealbook::app
