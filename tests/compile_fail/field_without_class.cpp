// expect: no matching function for call to 'field'
#include <string>

#include "api/endpoint/codec.hpp"

using namespace sealbook;
using namespace sealbook::api;

struct PatientView {
  std::string name;
  static constexpr Field fields[] = {field<&PatientView::name>("name", "The name.")};
};
