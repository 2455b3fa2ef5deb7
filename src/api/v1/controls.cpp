#include "api/v1/controls.hpp"

#include "app/call_context.hpp"
#include "app/controls/report.hpp"

namespace sealbook::api {
namespace {

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

ControlView view_of(const controls::Assessment& a) {
  const controls::Control& row = *a.control;
  ControlView v;
  v.id = row.id;
  v.source = controls::source_text(row);
  v.title = row.title;
  v.state = a.state;
  for (const controls::Evidence& e : a.evidence)
    v.evidence.push_back({std::string(controls::kind_text(e.kind)), e.id, e.result, unless_empty(e.commit),
                          unless_empty(e.at), unless_empty(e.detail)});
  v.family = row.family;
  v.priority = controls::priority_text(row.priority);
  v.behaviour = row.behaviour;
  v.verify = row.verify;
  v.attestable = unless_empty(row.attestable);
  v.missing = a.missing;
  return v;
}

// The probes look at this installation now: what they see is not kept between calls.
Result<ListControlsResponse> list(app::CallContext& ctx, const NoRequest&) {
  controls::Facts facts;
  if (ctx.app.facts) facts = ctx.app.facts();
  facts.now = ctx.now;
  ListControlsResponse response;
  for (const controls::Assessment& a : controls::assess_this_build(facts)) response.controls.push_back(view_of(a));
  auto& entry = ctx.note(AuditAction::posture_read, audit::ResourceKind::none, {});
  entry.rows = static_cast<std::uint32_t>(response.controls.size());
  return response;
}

constexpr Endpoint rows[] = {bind_read<ListControls, list>()};

}  // namespace

std::span<const Endpoint> control_endpoints() { return rows; }

}  // namespace sealbook::api
