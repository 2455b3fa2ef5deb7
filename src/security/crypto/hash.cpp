#include "security/crypto/hash.hpp"

#include "security/crypto/openssl.hpp"

namespace sealbook::crypto {
namespace {

void digest(const EVP_MD* md, std::initializer_list<ByteView> parts, std::uint8_t* out) {
  thread_local const MdCtx ctx = new_md_ctx();
  require(EVP_DigestInit_ex2(ctx.get(), md, nullptr), "digest init");
  for (const ByteView part : parts)
    require(EVP_DigestUpdate(ctx.get(), part.data(), part.size()), "digest update");
  require(EVP_DigestFinal_ex(ctx.get(), out, nullptr), "digest final");
}

}  // namespace

Hash256 sha256(std::initializer_list<ByteView> parts) {
  Hash256 out;
  digest(fetched_sha256(), parts, out.data());
  return out;
}

Hash256 sha256(ByteView data) { return sha256({data}); }

Hash512 sha512(ByteView data) {
  Hash512 out;
  digest(fetched_sha512(), {data}, out.data());
  return out;
}

}  // namespace sealbook::crypto
