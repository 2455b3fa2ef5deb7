import { Button } from "../shared/ui/Button";
import { common } from "../shared/text/common";
import { useText } from "../shared/text/text";
import "./plain.css";

export function Missing() {
  const t = useText(common);
  return <main className="plain-page stack"><h1>{t.notHere}</h1><p><a href="/">{t.goBack}</a></p></main>;
}

export function MissingHere() {
  const t = useText(common);
  return <><h1>{t.notHere}</h1><p><a href="/desk/">{t.goBack}</a></p></>;
}

// What was typed lives in drafts outside of the page: loading it again does not lose it all.
export function Broken({ reset }: { reset?: () => void }) {
  const t = useText(common);
  return <main className="plain-page stack"><h1>{t.broke}</h1><Button look="main" onPress={() => (reset ? reset() : location.reload())}>{t.reload}</Button></main>;
}
