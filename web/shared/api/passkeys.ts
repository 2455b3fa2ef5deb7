// WebAuthn in the browser, in the standard's own JSON (level 3).
import { Problem } from "./call";
import { post, remember, type Session } from "./session";

interface Options<T> { publicKey: T }

export const canUsePasskeys = (): boolean => typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

async function assertion(url: string, body: object): Promise<unknown> {
  const { publicKey } = await post<Options<PublicKeyCredentialRequestOptionsJSON>>(url, body);
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  return (credential as PublicKeyCredential).toJSON();
}

export async function signInWithPasskey(): Promise<Session> {
  const credential = await assertion("/v1/session/passkey/options", {});
  return remember(await post<Session>("/v1/session/passkey", { credential }));
}

export async function stepUp(): Promise<Session> {
  const credential = await assertion("/v1/session/step-up/options", {});
  return remember(await post<Session>("/v1/session/step-up", { credential }));
}

export async function enrolPasskey(label: string): Promise<void> {
  const { publicKey } = await post<Options<PublicKeyCredentialCreationOptionsJSON>>("/v1/passkeys/options", {});
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  await post("/v1/passkeys", { label, credential: (credential as PublicKeyCredential).toJSON() });
}

// Runs an act; when the server asks who is there, the passkey answers and the act runs again.
export async function steppingUp<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== "step-up-required" || !canUsePasskeys()) throw error;
    await stepUp();
    return act();
  }
}

export const isCancelled = (error: unknown): boolean => error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");
