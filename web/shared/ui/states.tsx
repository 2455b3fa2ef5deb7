// What stands in the place of data: waiting, nothing, refused, and the sentence of a failed change.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { sentenceOf } from "../text/problems";
import { common } from "../text/common";
import { useText } from "../text/text";
import { useReach } from "../api/network";

export function Waiting({ rows = 4 }: { rows?: number }) {
  const t = useText(common);
  return <div className="waiting" role="status" aria-label={t.loading}>{Array.from({ length: rows }, (_, i) => <i key={i} />)}</div>;
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

export function Wrong({ error, again }: { error: unknown; again?: () => void }) {
  const t = useText(common);
  if (!error) return null;
  return (
    <div className="note warn" role="alert">
      <div className="row apart">
        <span>{sentenceOf(error)}</span>
        {again && <Button small onPress={again}>{t.tryAgain}</Button>}
      </div>
    </div>
  );
}

// Data when there is some, even when the newest look for it failed: then the reason stands above.
export function Loaded<T>({ query, children, rows }: { query: UseQueryResult<T, Error>; children: (data: T) => ReactNode; rows?: number }) {
  if (query.data !== undefined)
    return <>{query.isError && <Wrong error={query.error} again={() => void query.refetch()} />}{children(query.data)}</>;
  if (query.isError) return <Wrong error={query.error} again={() => void query.refetch()} />;
  return <Waiting rows={rows} />;
}

export function ReachBanner() {
  const t = useText(common);
  const reach = useReach();
  return <div role="status">{reach !== "well" && <div className={`banner ${reach}`}>{reach === "lost" ? t.lost : t.slow}</div>}</div>;
}
