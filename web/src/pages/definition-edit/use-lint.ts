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
        executorType: settled?.executorType ?? '',
        configSchema: settled?.configSchema ?? {},
        defaultConfig: settled?.defaultConfig ?? {},
      },
    },
    // Without an executor there is nothing to measure the schema by
    pause: settled === undefined || settled.executorType === '',
  });
  return data?.lintDefinition ?? [];
}
