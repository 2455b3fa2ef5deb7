// DemoServer is the real program, `sealbook demo`, in a process of its own on a throw-away store of
// either engine: its CPU is counted apart from the client's. The program stands beside the
// benchmark.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "sql/testing/test_database.hpp"

namespace sealbook::bench {

class DemoServer {
 public:
  // Ends the program when the server does not become ready.
  explicit DemoServer(sql::Engine engine);
  ~DemoServer();
  DemoServer(const DemoServer&) = delete;
  DemoServer& operator=(const DemoServer&) = delete;

  pid_t process() const { return process_; }
  std::uint16_t port() const { return port_; }
  const std::string& ca() const { return ca_; }
  const std::string& operator_token() const { return operator_token_; }  // of the super_admin

 private:
  std::filesystem::path folder_;
  std::unique_ptr<sql::testing::TestDatabase> store_, keyring_;  // PostgreSQL only
  pid_t process_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::string ca_, operator_token_;
};

// The folder of this program, where its sisters are.
std::filesystem::path build_folder();
std::filesystem::path new_folder();

}  // namespace sealbook::bench
