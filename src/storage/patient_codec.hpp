// The plaintext of a patient's two sealed blobs: deterministic CBOR with stable numeric field ids,
// so that a migration never has to open one (DECISIONS 10). A reader skips ids that it does not know.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/directory/patient.hpp"

namespace sealbook::storage {

inline constexpr std::uint16_t patient_layout = 1;

Bytes encode_patient_pii(const PatientRecord& record);
Bytes encode_patient_phi(const PatientRecord& record);
// Fill the class's fields of `record`; fail with integrity when the bytes are not such a blob.
Result<void> decode_patient_pii(ByteView body, PatientRecord& record);
Result<void> decode_patient_phi(ByteView body, PatientRecord& record);

}  // namespace sealbook::storage
