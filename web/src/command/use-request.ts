/** Asks for something that leaves no event, such as a rebuild: its progress is seen where it happens. */
import { useState } from 'react';
import { useClient } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';
import { useNotices } from '../notices/notices';
import { useCapture } from './use-capture';
import type { UserError } from './user-error';

interface RequestOptions<Result, Variables> {
  document: TadaDocumentNode<Result, Variables>;
  payloadOf: (result: Result) => { userErrors: readonly UserError[] };
  said: string;
}

export function useRequest<Result, Variables extends Record<string, unknown>>(options: RequestOptions<Result, Variables>) {
  const client = useClient();
  const { tell } = useNotices();
  const capture = useCapture();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [failure, setFailure] = useState<string | undefined>();

  const give = async (variables: Variables): Promise<boolean> => {
    if (capture.took(options.document, () => variables)) return false;
    setBusy(true);
    setFailure(undefined);
    const result = await client.mutation(options.document, variables).toPromise();
    setBusy(false);
    if (result.data === undefined || result.error !== undefined) {
      setFailure(result.error?.message ?? '');
      return false;
    }
    const { userErrors } = options.payloadOf(result.data);
    setErrors(userErrors);
    if (userErrors.length > 0) return false;
    tell({ tone: 'good', said: options.said });
    return true;
  };
  return { give, busy, errors, failure, requestOf: capture.requestOf };
}
