// Clinic is a tenant made through the API for a benchmark: one site, practitioners with the same
// weekly hours, one service of half an hour, patients.
#pragma once

#include <string>
#include <vector>

#include "demo_server.hpp"
#include "load_client.hpp"

namespace sealbook::bench {

enum class Hours { office, all_day };  // Monday to Friday 9 to 17, or always

struct Clinic {
  Clinic(DemoServer& server, LoadClient& client, Hours hours, std::size_t practitioners,
         int grid_minutes);

  // The request that searches one practitioner's openings of the next `days`.
  std::string search(std::size_t practitioner, int days, int limit,
                     const std::string& cursor = {}) const;
  // Up to `count` offers of one practitioner that do not touch each other (the grid is the
  // duration).
  void collect_offers(LoadClient& client, std::size_t practitioner, int days, std::size_t count,
                      std::vector<std::string>& offers) const;
  std::string booking(const std::string& offer, std::size_t patient) const;

  std::string desk;  // the front desk's token
  std::string service;
  std::vector<std::string> practitioners, patients;
};

}  // namespace sealbook::bench
