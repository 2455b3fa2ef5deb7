// One setting of sealbook.toml: its place in the file, and how it goes in and out. Tables of them
// stand in config.cpp and mail_settings.cpp.
#pragma once

#include <toml++/toml.h>

#include <span>

#include "cli/config.hpp"

namespace sealbook::cli {

struct Setting {
  std::string_view table, key, doc;
  void (*read)(Config&, const toml::node&, std::vector<FieldError>&);
  std::string (*write)(const Config&);
};

std::span<const Setting> mail_settings();

std::string toml_text(std::string_view text);
void wrong(std::vector<FieldError>& errors, std::string_view rule, std::string detail);
std::string path_text(const Config& config, const std::filesystem::path& path);
// A relative path is one below the instance's folder.
void read_path_into(std::filesystem::path& into, const Config& config, const toml::node& node,
                    std::vector<FieldError>& errors);

// The member of the configuration, or of its part, that a setting is about.
template <class T>
T& place(Config& config, T Config::* member) {
  return config.*member;
}
template <class T>
T& place(Config& config, T MailConfig::* member) {
  return config.mail.*member;
}
template <class T>
const T& place(const Config& config, T Config::* member) {
  return config.*member;
}
template <class T>
const T& place(const Config& config, T MailConfig::* member) {
  return config.mail.*member;
}

template <auto Member>
void read_text(Config& config, const toml::node& node, std::vector<FieldError>& errors) {
  if (const auto text = node.value<std::string>()) place(config, Member) = *text;
  else wrong(errors, "type", "has to be a text");
}
template <auto Member>
void read_path(Config& config, const toml::node& node, std::vector<FieldError>& errors) {
  read_path_into(place(config, Member), config, node, errors);
}
template <auto Member>
std::string write_text(const Config& config) {
  return toml_text(place(config, Member));
}
template <auto Member>
std::string write_path(const Config& config) {
  return path_text(config, place(config, Member));
}

template <class E>
void read_word(E& into, const toml::node& node,
               std::initializer_list<std::pair<std::string_view, E>> words,
               std::vector<FieldError>& errors) {
  const auto text = node.value<std::string>();
  std::string allowed;
  for (const auto& [word, value] : words) {
    if (text && *text == word) {
      into = value;
      return;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(word);
  }
  wrong(errors, "range", "has to be one of: " + allowed);
}

}  // namespace sealbook::cli
