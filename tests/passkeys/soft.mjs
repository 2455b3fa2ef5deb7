// An authenticator in JavaScript, with every part open to be bent: key pairs of the three kinds,
// authenticator data, attestation `none` and `packed` by the credential's own key.
import crypto from "node:crypto";

const url = (bytes) => Buffer.from(bytes).toString("base64url");
export const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest();

export function head(major, n) {
  if (n < 24) return Buffer.from([major * 32 + n]);
  if (n < 256) return Buffer.from([major * 32 + 24, n]);
  return Buffer.from([major * 32 + 25, n >> 8, n & 255]);
}
export const item = {
  int: (n) => (n >= 0 ? head(0, n) : head(1, -1 - n)),
  bytes: (b) => Buffer.concat([head(2, b.length), b]),
  text: (t) => Buffer.concat([head(3, t.length), Buffer.from(t)]),
  map: (...pairs) => Buffer.concat([head(5, pairs.length / 2), ...pairs]),
};

const kinds = {
  ES256: { alg: -7, pair: () => crypto.generateKeyPairSync("ec", { namedCurve: "P-256" }), digest: "sha256" },
  EdDSA: { alg: -8, pair: () => crypto.generateKeyPairSync("ed25519"), digest: null },
  RS256: { alg: -257, pair: () => crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }), digest: "sha256" },
};

export class SoftAuthenticator {
  constructor(kind = "ES256", { idSize = 32, backupEligible = false } = {}) {
    this.kind = kinds[kind];
    const pair = this.kind.pair();
    this.secret = pair.privateKey;
    this.jwk = pair.publicKey.export({ format: "jwk" });
    this.id = crypto.randomBytes(idSize);
    this.flags = 0x05 | (backupEligible ? 0x08 : 0);
    this.counter = 0;
    this.user = null;
  }

  coseKey() {
    const part = (name) => item.bytes(Buffer.from(this.jwk[name], "base64url"));
    const { int } = item;
    if (this.kind.alg === -7)
      return item.map(int(1), int(2), int(3), int(-7), int(-1), int(1), int(-2), part("x"), int(-3), part("y"));
    if (this.kind.alg === -8) return item.map(int(1), int(1), int(3), int(-8), int(-1), int(6), int(-2), part("x"));
    return item.map(int(1), int(3), int(3), int(-257), int(-1), part("n"), int(-2), part("e"));
  }

  sign(message) {
    return crypto.sign(this.kind.digest, message, this.secret);
  }

  clientData(type, challenge, origin, bends) {
    const said = { type: bends.type ?? type, challenge: bends.challenge ?? challenge, origin: bends.origin ?? origin, crossOrigin: false, ...bends.client };
    const json = Buffer.from((bends.prefix ?? "") + JSON.stringify(said));
    return bends.clientData ? bends.clientData(json) : json;
  }

  authenticatorData(rpId, flags, rest, bends) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(bends.counter ?? this.counter);
    const bits = ((this.flags | flags | (bends.on ?? 0)) & ~(bends.off ?? 0)) & 255;
    const data = Buffer.concat([sha256(bends.rpId ?? rpId), Buffer.from([bits]), counter, rest, bends.extra ?? Buffer.alloc(0)]);
    return bends.data ? bends.data(data) : data;
  }

  // PublicKeyCredential.toJSON() of navigator.credentials.create().
  create(options, origin, bends = {}) {
    this.user = Buffer.from(options.user.id, "base64url");
    const client = this.clientData("webauthn.create", options.challenge, origin, bends);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(bends.idSize ?? this.id.length);
    const key = bends.key ? bends.key(this.coseKey()) : this.coseKey();
    const credential = Buffer.concat([Buffer.alloc(16), size, this.id, key]);
    const data = this.authenticatorData(options.rp.id, 0x40, bends.off & 0x40 ? Buffer.alloc(0) : credential, bends);
    let statement = item.map();
    if (bends.format === "packed") {
      let signature = this.sign(Buffer.concat([data, sha256(client)]));
      if (bends.signature) signature = bends.signature(signature);
      statement = item.map(item.text("alg"), item.int(this.kind.alg), item.text("sig"), item.bytes(signature));
    }
    if (bends.statement) statement = bends.statement;
    let object = item.map(item.text("fmt"), item.text(bends.format ?? "none"), item.text("attStmt"), statement, item.text("authData"), item.bytes(data));
    if (bends.object) object = bends.object(object);
    const id = url(bends.id ?? this.id);
    return { id, rawId: bends.rawId ?? id, type: bends.credentialType ?? "public-key", authenticatorAttachment: "platform", clientExtensionResults: {},
      response: { clientDataJSON: url(client), attestationObject: url(object), transports: ["internal"] } };
  }

  // … of navigator.credentials.get().
  get(options, origin, bends = {}) {
    const client = this.clientData("webauthn.get", options.challenge, origin, bends);
    const data = this.authenticatorData(options.rpId, 0, Buffer.alloc(0), bends);
    let signature = this.sign(Buffer.concat([data, sha256(client)]));
    if (bends.signature) signature = bends.signature(signature);
    const sent = bends.sentClient ? bends.sentClient(client) : client;
    const sentData = bends.sentData ? bends.sentData(Buffer.from(data)) : data;
    const id = url(bends.id ?? this.id);
    const response = { clientDataJSON: url(sent), authenticatorData: url(sentData), signature: url(signature) };
    const handle = bends.user === undefined ? this.user : bends.user;
    if (handle) response.userHandle = url(handle);
    return { id, rawId: bends.rawId ?? id, type: bends.credentialType ?? "public-key", authenticatorAttachment: "platform", clientExtensionResults: {}, response };
  }
}
