// expect: Sensitive data is never printed
#include <iostream>
#include <string>

#include "base/sensitive.hpp"

void wrong(const sealbook::Sensitive<std::string>& name) { std::cerr << name; }
