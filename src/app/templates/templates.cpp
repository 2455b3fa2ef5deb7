#include "app/templates/templates.hpp"

#include <algorithm>

#include "app/directory/common.hpp"
#include "app/sealing.hpp"
#include "base/random.hpp"
#include "domain/messages/shipped.hpp"
#include "storage/tables/templates.hpp"

namespace sealbook::app::templates {
namespace {

using messages::Channel;
using messages::DetailLevel;
using messages::Locale;
using messages::MessageFacts;
using messages::Purpose;
using messages::Template;
using messages::TemplateText;

// Fields of the row's blob; stable.
constexpr std::uint64_t sealed_subject = 1;
constexpr std::uint64_t sealed_body = 2;

storage::TemplateRow sealed_row(const CallContext& ctx, const Entry& entry) {
  RowTexts texts{{{sealed_body, entry.text.body}}};
  if (!entry.text.subject.empty()) texts.fields.emplace(sealed_subject, entry.text.subject);
  return {entry.id,
          entry.version,
          entry.active,
          entry.text.channel,
          entry.text.locale,
          entry.text.purpose,
          entry.created,
          seal_texts(ctx.app, *ctx.tenant->keys(), "templates", entry.id.bytes(), entry.version,
                     texts)};
}

void keep_after_commit(storage::Transaction& tx, const std::shared_ptr<Tenant>& tenant,
                       const Entry& entry) {
  tx.after_commit([tenant, entry] {
    tenant->change_templates([&](Shelf& shelf) { shelf.insert_or_assign(entry.id, entry); });
  });
}

Result<std::shared_ptr<const Template>> checked(const TemplateText& text) {
  TRY(made, Template::parse(text));
  return std::make_shared<const Template>(std::move(made));
}

// Writes the next version of an entry that was read.
Work<Entry> replacing(CallContext& ctx, const Entry& entry) {
  return [tenant = ctx.tenant, entry, row = sealed_row(ctx, entry),
          named = ctx.if_match.has_value()](storage::Transaction& tx) -> Result<Entry> {
    if (!storage::templates::replace(tx, row)) return moved_on(named);
    keep_after_commit(tx, tenant, entry);
    return entry;
  };
}

Result<Entry> find(const CallContext& ctx, const TemplateId& id) {
  const auto shelf = ctx.tenant->templates();
  const auto found = shelf->find(id);
  if (found == shelf->end()) return unknown_row("template");
  return found->second;
}

// Somebody and a visit that do not exist.
MessageFacts invented_facts(const CallContext& ctx, Locale locale) {
  const auto profile = ctx.tenant->profile();
  MessageFacts facts;
  facts.message_name = profile->message_name;
  facts.phone = profile->phone;
  facts.link = SensitiveText("https://example.test/l/0123456789abcdef");
  facts.unsubscribe = SensitiveText("https://example.test/u/0123456789abcdef");
  facts.code = SensitiveText("493817");
  facts.starts_at = ctx.now + std::chrono::days(7);
  facts.zone = TimeZone::utc();
  const auto organisation = ctx.tenant->organisation();
  if (!organisation->locations.empty()) facts.zone = organisation->locations.begin()->second.zone;
  const bool spanish = locale == Locale::es;
  facts.location = spanish ? "Edificio norte" : "North building";
  facts.patient_given = SensitiveText("Maria");
  facts.patient_family = SensitiveText("Example");
  facts.practitioner = SensitiveText("Dr. Example");
  facts.service = SensitiveText(spanish ? "Primera visita" : "First visit");
  facts.reason = SensitiveText(spanish ? "Un motivo de ejemplo" : "An example of a reason");
  return facts;
}

}  // namespace

Result<Work<Entry>> create(CallContext& ctx, const TemplateText& text) {
  TRY(made, checked(text));
  const Entry entry{new_id<TemplateId>(), 1, true, ctx.now, text, std::move(made)};
  note_change(ctx, AuditAction::template_created, audit::ResourceKind::template_, entry.id.raw(), 0,
              1);
  return Work<Entry>(
      [tenant = ctx.tenant, entry, row = sealed_row(ctx, entry)](storage::Transaction& tx) {
        storage::templates::insert(tx, row);
        keep_after_commit(tx, tenant, entry);
        return Result<Entry>(entry);
      });
}

Result<Work<Entry>> change(CallContext& ctx, const Change& command) {
  TRY(before, find(ctx, command.id));
  ENSURE(check_if_match(ctx, before.version));
  ENSURE(ensure_changes_something(
      {command.subject.has_value(), command.body.has_value(), command.active.has_value()}));
  Entry entry = before;
  if (command.subject) entry.text.subject = *command.subject;
  if (command.body) entry.text.body = *command.body;
  if (command.active) entry.active = *command.active;
  // One that only closes may be of older rules.
  const bool closes = before.active && !entry.active && entry.text == before.text;
  if (!closes) {
    TRY(made, checked(entry.text));
    entry.made = std::move(made);
  }
  ++entry.version;
  note_change(
      ctx,
      before.active && !entry.active ? AuditAction::template_closed : AuditAction::template_changed,
      audit::ResourceKind::template_, entry.id.raw(), before.version, entry.version);
  return replacing(ctx, entry);
}

Result<Work<TemplateId>> close(CallContext& ctx, const TemplateId& id) {
  TRY(entry, find(ctx, id));
  if (!entry.active) return unknown_row("template");
  entry.active = false;
  ++entry.version;
  note_change(ctx, AuditAction::template_closed, audit::ResourceKind::template_, id.raw(),
              entry.version - 1, entry.version);
  return Work<TemplateId>(
      [work = replacing(ctx, entry)](storage::Transaction& tx) mutable -> Result<TemplateId> {
        TRY(closed, work(tx));
        return closed.id;
      });
}

Result<Entry> read(const CallContext& ctx, const TemplateId& id) { return find(ctx, id); }

std::vector<Entry> list(const CallContext& ctx) {
  std::vector<Entry> out;
  const auto shelf = ctx.tenant->templates();
  for (const auto& [id, entry] : *shelf) out.push_back(entry);
  std::ranges::sort(out, [](const Entry& a, const Entry& b) {
    return std::tie(b.created, b.id) < std::tie(a.created, a.id);
  });
  return out;
}

Result<Preview> preview(const CallContext& ctx, TemplateText text) {
  std::shared_ptr<const Template> made;
  if (text.body.empty()) {
    made = choose(*ctx.tenant, text.channel, text.purpose, text.locale);
    if (!made)
      return fail(invalid_field("/body", "required",
                                "No template is shipped for that channel; write one."));
  } else {
    TRY(fresh, checked(text));
    made = std::move(fresh);
  }
  Preview out{made->text(), {}};
  for (const DetailLevel level : {DetailLevel::neutral, DetailLevel::time}) {
    TRY(message, messages::render(*made, invented_facts(ctx, text.locale), level));
    out.renderings.push_back({level, std::move(message)});
  }
  return out;
}

std::shared_ptr<const Template> choose(const Tenant& tenant, Channel channel, Purpose purpose,
                                       Locale locale) {
  const auto shelf = tenant.templates();
  const Entry* newest = nullptr;
  for (const auto& [id, entry] : *shelf) {
    const TemplateText& text = entry.text;
    const bool fits = entry.active && entry.made && text.channel == channel &&
                      text.purpose == purpose && text.locale == locale;
    if (fits && (newest == nullptr ||
                 std::tie(newest->created, newest->id) < std::tie(entry.created, entry.id)))
      newest = &entry;
  }
  if (newest != nullptr) return newest->made;
  // Shipped ones live as long as the process: nothing is owned here.
  return {std::shared_ptr<const Template>(), messages::find_shipped(channel, purpose, locale)};
}

Result<void> load(App& app, Tenant& tenant) {
  std::vector<storage::TemplateRow> rows;
  app.store.read(tenant.ref(), [&](storage::Snapshot& s) { rows = storage::templates::all(s); });
  Shelf read;
  for (const auto& row : rows) {
    TRY(texts,
        open_texts(app, *tenant.keys(), "templates", row.id.bytes(), row.version, row.sealed));
    Entry entry{
        row.id,
        row.version,
        row.active,
        row.created,
        {row.channel, row.locale, row.purpose, texts.get(sealed_subject), texts.get(sealed_body)},
        nullptr};
    if (auto made = checked(entry.text)) entry.made = std::move(*made);
    read.emplace(entry.id, std::move(entry));
  }
  tenant.change_templates([&read](Shelf& shelf) { shelf = std::move(read); });
  return {};
}

}  // namespace sealbook::app::templates
