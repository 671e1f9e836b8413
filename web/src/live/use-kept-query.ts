/**
 * For what is asked for again and again: an answer that fails takes nothing away. The last one stays, beside the error,
 * and with it whatever somebody has opened or typed on top of it.
 */
import { useRef } from 'react';
import { useQuery, type AnyVariables, type UseQueryArgs, type UseQueryResponse } from 'urql';

export function useKeptQuery<Result, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Result>): UseQueryResponse<Result, Variables> {
  const [state, ask] = useQuery<Result, Variables>(args);
  const kept = useRef<{ of: string; data: Result } | undefined>(undefined);
  const of = subjectOf(args.variables);
  if (state.data !== undefined && state.data !== null) kept.current = { of: subjectOf(state.operation?.variables ?? args.variables), data: state.data };
  if (state.error === undefined || (state.data ?? undefined) !== undefined || kept.current?.of !== of) return [state, ask];
  return [{ ...state, data: kept.current.data }, ask];
}

/** What is asked about: how far the tables have to be for it is no part of that. */
function subjectOf(variables: AnyVariables): string {
  return JSON.stringify({ ...variables, minPosition: undefined });
}
