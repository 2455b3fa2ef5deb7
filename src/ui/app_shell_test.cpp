#include "ui/app_shell.hpp"

#include <gtest/gtest.h>

#include <array>

namespace sealbook::ui {
namespace {

std::string script_path() {
  const std::string shell = app_shell().body;
  const std::size_t at = shell.find("src=\"/assets/app/") + 5;
  return shell.substr(at, shell.find('"', at) - at);
}

const net::HttpResponse* ask(const std::string& path, std::string_view encoding) {
  const std::array headers{net::HeaderView{"Accept-Encoding", encoding}};
  const auto request = net::make_request("GET", path, headers);
  return find_app_file(request);
}

std::string encoding_of(const net::HttpResponse& response) {
  for (const auto& [name, value] : response.headers)
    if (name == "Content-Encoding") return value;
  return "";
}

TEST(AppShell, EveryAnswerHasANonceOfItsOwnInPolicyAndPage) {
  const auto first = app_shell();
  const auto second = app_shell();
  EXPECT_NE(first.body, second.body);
  const std::size_t at = first.content_security_policy.find("'nonce-") + 7;
  const std::string nonce = first.content_security_policy.substr(at, 22);
  EXPECT_NE(first.body.find("nonce=\"" + nonce + "\""), std::string::npos);
  EXPECT_NE(first.content_security_policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(first.content_security_policy.find("trusted-types 'none'"), std::string::npos);
  EXPECT_TRUE(first.cache_control.empty());  // no-store
}

TEST(AppShell, TheScriptGoesOutCompressedToThoseWhoReadIt) {
  const auto* shorter = ask(script_path(), "gzip, deflate, br, zstd");
  const auto* plain = ask(script_path(), "gzip");
  ASSERT_NE(shorter, nullptr);
  ASSERT_NE(plain, nullptr);
  EXPECT_EQ(encoding_of(*shorter), "br");
  EXPECT_EQ(encoding_of(*plain), "");
  EXPECT_LT(shorter->body.size(), plain->body.size() / 2);
  EXPECT_EQ(encoding_of(*ask(script_path(), "br;q=0, gzip")), "");
  EXPECT_NE(plain->cache_control.find("immutable"), std::string::npos);
}

TEST(AppShell, OnlyItsOwnPagesAndFilesAreServed) {
  for (const auto* path : {"/desk/", "/desk/grid", "/my/", "/sign-in", "/e/token"})
    EXPECT_TRUE(is_app_page(path)) << path;
  for (const auto* path : {"/", "/deskx", "/mystery", "/e", "/v1/me", "/sign-in/x"})
    EXPECT_FALSE(is_app_page(path)) << path;
  EXPECT_EQ(ask("/assets/app/index.html", ""), nullptr);
  EXPECT_EQ(ask(script_path() + ".br", "br"), nullptr);
}

}  // namespace
}  // namespace sealbook::ui
