// expect: no viable conversion from .*(Result|expected)
#include "base/result.hpp"

sealbook::Result<int> answer();
int wrong() { return answer(); }
