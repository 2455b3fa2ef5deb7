// expect: no viable conversion from .*RawId|private constructor
#include "base/id.hpp"

sealbook::TenantId wrong(const sealbook::RawId& raw) { return raw; }
