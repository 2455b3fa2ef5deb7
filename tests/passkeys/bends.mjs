// Ceremonies with one thing wrong each. `stricter`: what is checked here and not by @simplewebauthn/server 9,
// so that its verdict may be the other one.
import { head, item, SoftAuthenticator } from "./soft.mjs";

const flip = (at) => (bytes) => {
  const out = Buffer.from(bytes);
  out[at < 0 ? out.length + at : at] ^= 1;
  return out;
};
const withClient = (change) => ({ clientData: (json) => Buffer.from(change(json.toString())) });
const map4 = (object) => Buffer.concat([head(5, 4), object.subarray(1)]);

export const registrations = {
  type_of_an_assertion: { type: "webauthn.get" },
  challenge_of_nobody: { challenge: Buffer.alloc(56, 7).toString("base64url") },
  challenge_empty: { challenge: "" },
  origin_of_another_site: { origin: "https://evil.example.test" },
  origin_without_tls: { origin: "http://localhost" },
  origin_of_another_port: { origin: "https://localhost:1" },
  cross_origin: { client: { crossOrigin: true }, stricter: true },
  top_origin: { client: { topOrigin: "https://evil.example.test" }, stricter: true },
  client_data_with_bom: { prefix: "\uFEFF", stricter: true },
  client_data_not_utf8: { clientData: (json) => Buffer.concat([json.subarray(0, -1), Buffer.from(',"x":"\xff"}', "latin1")]), stricter: true },
  client_data_with_a_member_twice: { ...withClient((json) => json.replace(/}$/, ',"type":"webauthn.create"}')), stricter: true },
  client_data_no_json: withClient((json) => json.slice(0, -1)),
  client_data_too_long: { client: { x: "x".repeat(9000) }, stricter: true },
  rp_id_of_another: { rpId: "evil.example.test" },
  nobody_present: { off: 0x01 },
  nobody_verified: { off: 0x04 },
  backed_up_without_being_eligible: { on: 0x10 },
  no_credential: { off: 0x40 },
  credential_id_longer_than_it_says: { idSize: 20 },
  credential_id_of_1024: { device: () => new SoftAuthenticator("ES256", { idSize: 1024 }), stricter: true },
  credential_id_of_another: { id: Buffer.alloc(32, 1), stricter: true },
  raw_id_differs: { rawId: "AAAA" },
  credential_type: { credentialType: "password" },
  extension_flag_without_data: { on: 0x80 },
  extension_data_without_flag: { extra: Buffer.from([0xa0]) },
  extensions_of_indefinite_length: { on: 0x80, extra: Buffer.from([0xbf, 0xff]), stricter: true },
  key_with_one_member_more: { key: (key) => Buffer.concat([Buffer.from([key[0] + 1]), key.subarray(1), item.int(-70), item.int(1)]), stricter: true },
  key_out_of_order: { key: (key) => Buffer.concat([key.subarray(0, 1), key.subarray(3, 5), key.subarray(1, 3), key.subarray(5)]), stricter: true },
  key_beside_the_curve: { key: flip(-1), stricter: true },
  key_algorithm_not_offered: { key: (key) => Buffer.concat([key.subarray(0, 4), Buffer.from([0x38, 0x22]), key.subarray(5)]) },
  object_with_trailing_bytes: { object: (object) => Buffer.concat([object, Buffer.from([0])]), stricter: true },
  object_of_indefinite_length: { object: (object) => Buffer.concat([Buffer.from([0xbf]), object.subarray(1), Buffer.from([0xff])]), stricter: true },
  object_with_a_member_twice: { object: (object) => Buffer.concat([map4(object), item.text("fmt"), item.text("none")]), stricter: true },
  object_with_a_member_more: { object: (object) => Buffer.concat([map4(object), item.text("more"), item.int(1)]), stricter: true },
  object_with_a_longer_head: { object: (object) => Buffer.concat([Buffer.from([0xb8, 3]), object.subarray(1)]), stricter: true },
  object_cut_off: { object: (object) => object.subarray(0, -1), stricter: true },
  format_that_nobody_knows: { format: "made-up" },
  none_with_a_statement: { statement: item.map(item.text("x"), item.int(1)) },
  packed_without_signature: { format: "packed", statement: item.map(item.text("alg"), item.int(-7)) },
  packed_signature_forged: { format: "packed", signature: flip(-1) },
};

export const assertions = {
  type_of_a_registration: { type: "webauthn.create" },
  challenge_of_nobody: { challenge: Buffer.alloc(56, 7).toString("base64url") },
  origin_of_another_site: { origin: "https://evil.example.test" },
  origin_of_another_port: { origin: "https://localhost:1" },
  cross_origin: { client: { crossOrigin: true }, stricter: true },
  rp_id_of_another: { rpId: "evil.example.test" },
  nobody_present: { off: 0x01 },
  nobody_verified: { off: 0x04 },
  backed_up_without_being_eligible: { on: 0x10 },
  eligibility_for_backup_changed: { on: 0x08, stricter: true },
  user_handle_of_another: { user: Buffer.alloc(16, 1), stricter: true },
  user_handle_missing: { user: null, stricter: true },
  credential_of_nobody: { id: Buffer.alloc(32, 1) },
  signature_forged: { signature: flip(-1) },
  signature_with_a_byte_more: { signature: (s) => Buffer.concat([s, Buffer.from([0])]), stricter: true },
  signature_empty: { signature: () => Buffer.alloc(0) },
  client_data_changed_afterwards: { sentClient: (json) => Buffer.from(json.toString().replace(/}$/, " }")) },
  data_changed_afterwards: { sentData: (data) => { data[33] = 1; return data; } },
  data_with_trailing_bytes: { extra: Buffer.from([0]) },
  data_cut_off: { data: (data) => data.subarray(0, 36) },
  extension_flag_without_data: { on: 0x80 },
};
