// The folder beside the journal's in which a publication is got ready: names and completeness.
//
// Shared by the store that writes it and by verifiers that read a journal that was killed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "security/audit/note.hpp"

namespace sealbook::audit {

std::filesystem::path staging_folder(const std::filesystem::path& folder);  // "<folder>.next"
// "<log>/tile/0/000.p/5" lies there as "<log>~tile~0~000.p~5": one flat folder, one sync.
std::string staged_name(std::string_view name);
std::string published_name(std::string_view staged);

// True for "<log>/checkpoint" and "<log>/<tile path>" with a log's name that a folder may have.
bool is_journal_name(std::string_view name);

// True when a publication for `folder` is under way that counts: the staged checkpoint of the log of
// logs is whole, signed, and larger than the published one. It is written last, after everything else
// is durable.
Result<bool> staged_publication(const std::filesystem::path& folder, const NoteKey& instance_key);

}  // namespace sealbook::audit
