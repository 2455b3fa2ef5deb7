// RFC 6962 section 2.1.1 in the browser: from an entry and its siblings to the root of the tree.
import type { EntryProofView } from "../../shared/api/operations.gen";

export interface Proven { holds: boolean; leaf: string; root: string; checkpointRoot: string }

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}
const leafMark = Uint8Array.of(0), nodeMark = Uint8Array.of(1);

// The checkpoint's third line is the root (C2SP tlog-checkpoint), its second the size.
function rootOf(checkpoint: string, size: number): string {
  const [, stated, root] = checkpoint.split("\n");
  return Number(stated) === size ? (root ?? "") : "";
}

export async function prove(proof: EntryProofView): Promise<Proven> {
  let node = await sha256(leafMark, bytesOf(proof.entry));
  const leaf = base64Of(node);
  let index = proof.index, last = proof.size - 1;
  const siblings = proof.hashes.map(bytesOf);
  for (const sibling of siblings) {
    if (last === 0) return { holds: false, leaf, root: base64Of(node), checkpointRoot: rootOf(proof.checkpoint, proof.size) };
    if (index % 2 === 1 || index === last) {
      node = await sha256(nodeMark, sibling, node);
      while (index % 2 === 0 && index !== 0) { index = Math.floor(index / 2); last = Math.floor(last / 2); }
    } else {
      node = await sha256(nodeMark, node, sibling);
    }
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  const root = base64Of(node), checkpointRoot = rootOf(proof.checkpoint, proof.size);
  return { holds: last === 0 && root === checkpointRoot, leaf, root, checkpointRoot };
}
