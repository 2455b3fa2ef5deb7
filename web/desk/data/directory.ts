// The places, people, rooms and services of the organisation, by their ids.
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { read } from "../../shared/api/queries";
import type { LocationView, PlacedResourceView, PractitionerView, ServiceView } from "../../shared/api/operations.gen";
import { useCollator } from "../../shared/text/text";

export interface Directory {
  ready: boolean;
  error: Error | null;
  locations: LocationView[];
  practitioners: PractitionerView[];
  rooms: PlacedResourceView[];
  services: ServiceView[];
  name(id: string | undefined): string;
  zone(locationId: string): string;
  service(id: string): ServiceView | undefined;
}

const minutes = 60_000;

export function useDirectory(): Directory {
  const collator = useCollator();
  const [locations, practitioners, rooms, services] = useQueries({
    queries: [read("listLocations", {}, 5 * minutes), read("listPractitioners", {}, 5 * minutes), read("listRooms", {}, 5 * minutes), read("listServices", {}, 5 * minutes)],
  });
  return useMemo(() => {
    const sorted = <T extends { name: string; active: boolean }>(rows: T[] = []) => rows.filter((row) => row.active).sort((a, b) => collator.compare(a.name, b.name));
    const all = [...(locations.data?.locations ?? []), ...(practitioners.data?.practitioners ?? []), ...(rooms.data?.rooms ?? []), ...(services.data?.services ?? [])];
    const byId = new Map<string, { name: string }>(all.map((each) => [each.id, each]));
    const zones = new Map(locations.data?.locations.map((each) => [each.id, each.time_zone]));
    const answers = [locations, practitioners, rooms, services];
    return {
      ready: answers.every((each) => each.data !== undefined),
      error: answers.find((each) => each.error)?.error ?? null,
      locations: sorted(locations.data?.locations), practitioners: sorted(practitioners.data?.practitioners),
      rooms: sorted(rooms.data?.rooms), services: sorted(services.data?.services),
      name: (id) => (id ? (byId.get(id)?.name ?? "") : ""),
      zone: (id) => zones.get(id) ?? "UTC",
      service: (id) => services.data?.services.find((each) => each.id === id),
    };
  }, [locations, practitioners, rooms, services, collator]);
}
