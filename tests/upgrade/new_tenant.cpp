// Makes a tenant in an instance that nobody serves, and prints its first administrator's token:
//
//   new_tenant DIR SLUG
//
// For tests/upgrade/make alone: the product has no such verb, an instance's own administrators sign
// in.
#include <cstdio>

#include "app/accounts/tenants.hpp"
#include "app/perform.hpp"
#include "cli/instance.hpp"

int main(int argc, char** argv) {
  using namespace sealbook;
  if (argc != 3) return 64;
  const auto config = cli::load_config(argv[1]);
  if (!config) return 78;
  const auto instance = cli::Instance::open(*config);
  if (!instance) {
    std::fprintf(stderr, "new_tenant: %s %s\n", instance.error().detail.c_str(),
                 instance.error().cause.c_str());
    return 69;
  }
  auto ctx = app::operator_context((*instance)->app());
  const auto made = app::perform(
      ctx,
      app::create_tenant(
          ctx,
          {argv[2], "Upgrade Clinic", "Your clinic", "+12025550100", {app::Regime::healthcare}}));
  if (!made) {
    std::fprintf(stderr, "new_tenant: %s\n", made.error().detail.c_str());
    return 1;
  }
  std::printf("%s\n", made->admin_token.c_str());
  return 0;
}
