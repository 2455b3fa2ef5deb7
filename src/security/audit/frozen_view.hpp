// FrozenView holds a journal still while it is read, beside a server that goes on publishing.
//
// What a publication changes are checkpoints and partial tiles: few and small. They are read at
// once, again until no publication fell in between; full tiles never change and are read later, when
// they are asked for. Lifetime: the views that `open` makes may end before it; the last one is kept.
// Threads: one.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "security/audit/verify.hpp"

namespace sealbook::audit {

class FrozenView final : public JournalView {
 public:
  // A view of the journal as it is now, with whatever publication is under way.
  using Open = std::function<Result<std::unique_ptr<JournalView>>()>;

  // Fails with unavailable when the journal never kept still long enough.
  static Result<std::unique_ptr<FrozenView>> capture(const Open& open);

  Result<std::vector<std::string>> names() override { return names_; }
  Result<bool> read(const std::string& name, Bytes& out) override;
  bool is_under_way() const override { return view_->is_under_way(); }

 private:
  FrozenView() = default;
  Result<bool> take(const Open& open);  // false: something moved meanwhile

  std::unique_ptr<JournalView> view_;
  std::vector<std::string> names_;
  std::map<std::string, Bytes> kept_;
};

}  // namespace sealbook::audit
