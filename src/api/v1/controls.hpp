// The state of every control on this installation, for who may see its posture.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint/endpoint.hpp"
#include "app/controls/controls.hpp"

namespace sealbook::controls {

inline constexpr auto state_words = std::to_array<api::EnumName>({
    {"enforced", State::enforced}, {"partial", State::partial}, {"attested", State::attested}, {"absent", State::absent}});
constexpr std::span<const api::EnumName> enum_names(State) { return state_words; }

}  // namespace sealbook::controls

namespace sealbook::api {

struct ControlEvidenceView {
  std::string kind, id, result;
  std::optional<std::string> commit, at, detail;
  static constexpr Field fields[] = {
      field<&ControlEvidenceView::kind>("kind", DataClass::operational, "test, switched-off, probe or attestation."),
      field<&ControlEvidenceView::id>("id", DataClass::operational, "Of the test, the probe or the account."),
      field<&ControlEvidenceView::result>("result", DataClass::operational, "passed, failed, skipped, not run or unknown."),
      field<&ControlEvidenceView::commit>("commit", DataClass::operational, "The commit that a test ran on."),
      field<&ControlEvidenceView::at>("at", DataClass::operational, "When."),
      field<&ControlEvidenceView::detail>("detail", DataClass::operational, "What was found, in a sentence."),
  };
};

struct ControlView {
  std::string id, source, title;
  controls::State state = controls::State::absent;
  std::vector<ControlEvidenceView> evidence;
  std::string family, priority, behaviour, verify;
  std::optional<std::string> attestable;
  std::vector<std::string> missing;
  static constexpr Field fields[] = {
      field<&ControlView::id>("id", DataClass::operational, "Of the row: ENC-01."),
      field<&ControlView::source>("source", DataClass::operational, "Where the promise was made."),
      field<&ControlView::title>("title", DataClass::operational, "A few words."),
      field<&ControlView::state>("state", DataClass::operational, "What it is worth here and now."),
      field<&ControlView::evidence>("evidence", DataClass::operational, "What the state rests on."),
      field<&ControlView::family>("family", DataClass::operational, "The family of rows: ENC."),
      field<&ControlView::priority>("priority", DataClass::operational, "P0 is part of the first usable release."),
      field<&ControlView::behaviour>("behaviour", DataClass::operational, "What the product is to do."),
      field<&ControlView::verify>("verify", DataClass::operational, "What a test must show at least."),
      field<&ControlView::attestable>("attestable", DataClass::operational, "What a person may vouch for."),
      field<&ControlView::missing>("missing", DataClass::operational, "What keeps it from being enforced."),
  };
};

struct ListControlsResponse {
  std::vector<ControlView> controls;
  static constexpr Field fields[] = {
      field<&ListControlsResponse::controls>("controls", DataClass::operational, "Every row of the catalogue, in its order."),
  };
};
struct ListControls {
  using Request = NoRequest;
  using Response = ListControlsResponse;
  static constexpr EndpointSpec spec = checked({
      .id = "listControls", .method = Method::get, .path = "/v1/controls", .summary = "Shows the state of every control, with its evidence.",
      .access = needs(Permission::posture_read), .audit = AuditAction::posture_read, .rate = RateClass::audit, .slow = true});
};

std::span<const Endpoint> control_endpoints();

}  // namespace sealbook::api
