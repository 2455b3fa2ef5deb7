// One line per case, as every suite prints them.
let failed = 0;
// What the cases of a second round bear behind their names.
let round = "";
export const inRound = (name) => { round = name; };

export async function run(name, body) {
  try {
    const complaints = (await body()) ?? [];
    if (complaints.length > 0) throw new Error(complaints.slice(0, 8).join(" | "));
    console.log(`ok ${name}${round}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}${round}: ${String(error.message).replace(/\s+/g, " ").slice(0, 900)}`);
  }
}

export function check(holds, what) {
  if (!holds) throw new Error(what);
}
export function same(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}
export const exitCode = () => (failed > 0 ? 1 : 0);
