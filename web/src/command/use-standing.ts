/** What was refused is wrong until it is changed: a refusal does not stand beside a value that it was not about. */
import { useMemo, useRef } from 'react';
import type { UserError } from './user-error';

/** `values`: what stands at each member of the input, as text. */
export function useStanding(errors: readonly UserError[], values: Readonly<Record<string, string>>): readonly UserError[] {
  const judged = useRef({ errors, values });
  if (judged.current.errors !== errors) judged.current = { errors, values };
  const then = judged.current.values;
  const changed = Object.keys(values).filter((member) => values[member] !== then[member]).join(' ');
  return useMemo(() => {
    const over = new Set(changed.split(' '));
    return errors.filter(({ pointer }) => pointer === null || !over.has(pointer.split('/')[1] ?? ''));
  }, [errors, changed]);
}
