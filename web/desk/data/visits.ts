// The visits of a window of time, kept current: a cheap question each second tells whether anything
// in it changed, at this desk or another, and only then the list is asked again.
import { queryOptions, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { call } from "../../shared/api/call";
import type { AppointmentView } from "../../shared/api/operations.gen";
import { queries } from "../../shared/api/queries";

export type Visit = AppointmentView;

const look_every_ms = 900;
const page_size = 200;

async function readAll(from: string, to: string, signal: AbortSignal): Promise<Visit[]> {
  const all: Visit[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await call("listAppointments", { query: { from, to, cursor, limit: page_size }, signal });
    all.push(...page.appointments);
    cursor = page.next;
  }
  return all;
}

export function visitsQuery(from: string, to: string) {
  return queryOptions({ queryKey: ["visits", from, to], queryFn: ({ signal }) => readAll(from, to, signal), staleTime: 60_000 });
}

export function useVisits(from: string, to: string): UseQueryResult<Visit[], Error> {
  const client = useQueryClient();
  const visits = useQuery(visitsQuery(from, to));
  const revision = useQuery({
    queryKey: ["revision", from, to], refetchInterval: look_every_ms, staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => call("getAppointmentsRevision", { query: { from, to }, signal }).then((answer) => answer.revision),
  });
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (revision.data === undefined) return;
    if (seen.current !== undefined && seen.current !== revision.data) void client.invalidateQueries({ queryKey: ["visits", from, to] });
    seen.current = revision.data;
  }, [revision.data, client, from, to]);
  return visits;
}

// What a change answered is shown at once, wherever the visit stands.
export function showChanged(visit: Visit): Visit {
  queries.setQueriesData<Visit[]>({ queryKey: ["visits"] }, (all) => all?.map((each) => (each.id === visit.id ? { ...each, ...visit } : each)));
  void queries.invalidateQueries({ queryKey: ["visits"] });
  void queries.invalidateQueries({ queryKey: ["getAppointment"] });
  return visit;
}
