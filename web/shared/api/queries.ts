// How the app asks and changes things: reads are kept and shared by name, changes say what they
// make old. Kept in memory only.
import { QueryClient, queryOptions, useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { call, type Answer, type Input, type Name } from "./call";

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true }, mutations: { retry: false, networkMode: "always" } },
});

export function read<N extends Name>(name: N, input: Input<N>, staleTime = 15_000) {
  return queryOptions<Answer<N>>({
    queryKey: [name, input.path ?? null, input.query ?? null, input.body ?? null],
    queryFn: ({ signal }) => call(name, { ...input, signal }),
    staleTime,
  });
}

// A change; afterwards everything read by these names is asked again.
export function useChange<N extends Name>(name: N, old: Name[]): UseMutationResult<Answer<N>, Error, Input<N>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<N>) => call(name, input),
    onSettled: () => Promise.all(old.map((each) => client.invalidateQueries({ queryKey: [each] }))),
  });
}
