import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';
import type { Finding } from '../definition/definition';
import { lintDocument } from './commands';
import type { DraftContent } from './draft';

/** What the server notices about content that was not saved yet. */
export function useLint(content: DraftContent | undefined): readonly Finding[] {
  const [settled] = useDebouncedValue(content, 400);
  const [{ data }] = useQuery({
    query: lintDocument,
    variables: {
      input: {
        // An executor that was not chosen yet is left out: null is no executor
        ...(settled?.executorType ? { executorType: settled.executorType } : {}),
        configSchema: settled?.configSchema ?? {},
        defaultConfig: settled?.defaultConfig ?? {},
      },
    },
    pause: settled === undefined,
  });
  return data?.lintDefinition ?? [];
}
