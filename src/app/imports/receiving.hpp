// Receiving writes the rows of a file as sealed chunks while it is read: what the readers of both
// kinds of file have in common.
#pragma once

#include <future>

#include "app/imports/matching.hpp"
#include "app/imports/start.hpp"
#include "app/sealing.hpp"

namespace sealbook::app::imports {

class Receiving {
 public:
  Receiving(CallContext& ctx, const StartImport& command);
  // Nothing of it is in the queue when it goes.
  ~Receiving() {
    if (pending_.valid()) pending_.wait();
  }
  Receiving(const Receiving&) = delete;
  Receiving& operator=(const Receiving&) = delete;

  const ImportId& id() const { return row_.id; }
  CallContext& ctx() { return ctx_; }
  importing::Findings& findings() { return findings_; }
  SeenRows& seen() { return seen_; }
  ImportReport& report() { return report_; }
  void propose(Proposal proposal) {
    ++row_.counts.duplicates;
    report_.propose(std::move(proposal));
  }

  // Writes one chunk, the row of the import before the first. Waits for the chunk before it and fails
  // as that did: this one is being committed while the file is read on.
  Result<void> write_chunk(const Bytes& body);
  // Waits for the last one.
  Result<void> settle() { return pending_.valid() ? pending_.get() : Result<void>(); }
  // The work that lets the job begin.
  Work<StartedImport> finish(const importing::FileFacts& facts);
  // Ends what was begun, when reading failed half way.
  void abandon();

 private:
  void submit(AuditAction action, std::uint32_t rows,
              std::function<void(storage::Transaction&)> body);

  CallContext& ctx_;
  storage::ImportRow row_;
  importing::Findings findings_;
  SeenRows seen_;
  ImportReport report_;
  bool begun_ = false;
  std::future<Result<void>> pending_;
};

// Reads the rows of each kind of file into chunks (people.cpp, visits.cpp).
Result<importing::FileFacts> receive_people(Receiving& receiving, const StartImport& command);
Result<importing::FileFacts> receive_visits(Receiving& receiving, const StartImport& command);

// Where a sealed chunk stands.
BodyPlace chunk_place(const ImportId& id, std::int64_t no);

}  // namespace sealbook::app::imports
