#include "adapters/messaging/sending_records.hpp"

#include <gtest/gtest.h>

namespace sealbook::adapters {
namespace {

TEST(SendingRecords, spf_has_to_refuse_or_suspect_others) {
  EXPECT_TRUE(judge_spf({"unrelated", "v=spf1 mx -all"}).passed);
  EXPECT_TRUE(judge_spf({"V=SPF1 include:mail.example.test ~ALL"}).passed);
  EXPECT_TRUE(judge_spf({"v=spf1 redirect=_spf.example.test"}).passed);
  for (const Texts& bad :
       {Texts{}, Texts{"v=spf1 mx +all"}, Texts{"v=spf1 all"}, Texts{"v=spf1 mx ?all"},
        Texts{"v=spf1 mx"}, Texts{"v=spf1 -all", "v=spf1 mx -all"}, Texts{"v=spf10 -all"}})
    EXPECT_FALSE(judge_spf(bad).passed) << (bad.empty() ? "none" : bad[0]);
}

TEST(SendingRecords, dkim_has_to_publish_the_key_that_signs) {
  EXPECT_TRUE(judge_dkim({"v=DKIM1; k=rsa; p=AAAA"}, "rsa", "AAAA").passed);
  EXPECT_TRUE(judge_dkim({"p=AA AA"}, "rsa", "AAAA").passed);
  for (const Texts& bad : {Texts{}, Texts{"v=DKIM1; k=rsa; p="}, Texts{"v=DKIM1; k=rsa; p=BBBB"},
                           Texts{"v=DKIM1; k=ed25519; p=AAAA"}, Texts{"v=DKIM1; t=y; p=AAAA"},
                           Texts{"v=DKIM2; p=AAAA"}, Texts{"p=AAAA", "p=AAAA"}})
    EXPECT_FALSE(judge_dkim(bad, "rsa", "AAAA").passed) << (bad.empty() ? "none" : bad[0]);
}

TEST(SendingRecords, dmarc_has_to_quarantine_or_reject_all) {
  const auto own = [](const Texts& records) {
    return judge_dmarc(records, DmarcPlace::itself).passed;
  };
  EXPECT_TRUE(own({"v=DMARC1; p=reject"}));
  EXPECT_TRUE(own({"v=DMARC1; p = Quarantine ; rua=mailto:x@example.test"}));
  EXPECT_FALSE(own({}));
  EXPECT_FALSE(own({"v=DMARC1; p=none"}));
  EXPECT_FALSE(own({"v=DMARC1; rua=mailto:x@example.test"}));
  EXPECT_FALSE(own({"v=DMARC1; p=reject; pct=50"}));
  EXPECT_FALSE(judge_dmarc({"v=DMARC1; p=reject; sp=none"}, DmarcPlace::parent).passed);
  EXPECT_TRUE(judge_dmarc({"v=DMARC1; p=reject"}, DmarcPlace::parent).passed);
}

TEST(SendingRecords, policies_for_tls_and_mail_hosts) {
  EXPECT_TRUE(judge_mta_sts({"v=STSv1; id=20261122T100000;"}).passed);
  EXPECT_FALSE(judge_mta_sts({"v=STSv1"}).passed);
  EXPECT_FALSE(judge_mta_sts({"v=STSv1; id=a b"}).passed);
  EXPECT_TRUE(judge_tls_rpt({"v=TLSRPTv1; rua=mailto:tls@example.test"}).passed);
  EXPECT_FALSE(judge_tls_rpt({"v=TLSRPTv1; rua=ftp://x"}).passed);
  EXPECT_TRUE(judge_mx({{10, "mx.example.test"}}).passed);
  EXPECT_FALSE(judge_mx({{0, ""}}).passed);
  EXPECT_FALSE(judge_mx({}).passed);
}

}  // namespace
}  // namespace sealbook::adapters
