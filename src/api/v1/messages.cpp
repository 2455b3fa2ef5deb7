#include "api/v1/messages.hpp"

#include "api/v1/answering.hpp"
#include "app/messages/blocks.hpp"
#include "app/messages/settings.hpp"
#include "app/messages/view.hpp"

namespace sealbook::api {
namespace {

using app::CallContext;
using app::Work;

MessageView view_of(const storage::MessageRow& m) {
  using S = messages::MessageState;
  MessageView v;
  v.id = m.id;
  v.purpose = m.purpose;
  v.channel = m.channel;
  v.state = m.state;
  if (m.reason != messages::Refusal::none) v.reason = m.reason;
  v.patient_id = m.patient;
  v.appointment_id = m.appointment;
  v.detail = m.level;
  v.locale = m.locale;
  v.due_at = m.due;
  v.changed_at = m.changed;
  if (m.state == S::handed_over) v.handed_over_at = m.changed;
  v.attempts = m.attempts;
  return v;
}

Result<ListMessagesResponse> list(CallContext& ctx, const ListMessagesRequest& r) {
  TRY(rows, app::list_messages(ctx, {r.patient_id, r.appointment_id, r.limit}));
  ListMessagesResponse response;
  for (const auto& row : rows) response.messages.push_back(view_of(row));
  return response;
}

OptOutView block_view(const storage::ContactBlockRow& b) { return {b.patient, b.reason, b.blocked, b.at}; }
Result<Work<OptOutView>> opt_out(CallContext& ctx, const OptOutRequest& r) {
  return answering(app::block_contact(ctx, {r.id, r.contact, r.reason.value_or(storage::BlockReason::opted_out), true}),
                   block_view);
}
Result<Work<OptOutView>> opt_in(CallContext& ctx, const OptOutRequest& r) {
  return answering(app::block_contact(ctx, {r.id, r.contact, r.reason.value_or(storage::BlockReason::opted_out), false}),
                   block_view);
}

ChosenDetail chosen(const messages::DetailLevel& level) { return {level}; }
Result<Work<ChosenDetail>> choose(CallContext& ctx, const ChooseDetailRequest& r) {
  return answering(app::choose_detail(ctx, r.id, r.detail), chosen);
}

constexpr Endpoint rows[] = {bind_read<ListMessages, list>(), bind_write<OptOut, opt_out>(), bind_write<OptIn, opt_in>(),
                             bind_write<ChooseDetail, choose>()};

}  // namespace

std::span<const Endpoint> message_endpoints() { return rows; }

}  // namespace sealbook::api
