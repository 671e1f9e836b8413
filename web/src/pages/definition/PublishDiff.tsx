/** The draft beside the current version, for those who want to see the words, not only the sentences about them. */
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/graphql';
import { JsonDiff } from '../../json-editor/JsonEditor';
import { canonicalText } from '../../json/json-text';
import { useText } from '../../text/text';

const publishDiffDocument = graphql(`
  query PublishDiff($key: String!, $version: String!) {
    definition(key: $key) {
      id
      configSchema
      defaultConfig
      version(version: $version) {
        id
        configSchema
        defaultConfig
      }
    }
  }
`);

export function PublishDiff({ definitionKey, version }: { definitionKey: string; version: string }) {
  const { publish: says } = useText();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{says.sideBySide}</summary>
      {open ? <BothSides definitionKey={definitionKey} version={version} /> : null}
    </details>
  );
}

function BothSides({ definitionKey, version }: { definitionKey: string; version: string }) {
  const text = useText();
  const [{ data }] = useQuery({ query: publishDiffDocument, variables: { key: definitionKey, version }, requestPolicy: 'network-only' });
  const draft = data?.definition ?? undefined;
  const current = draft?.version ?? undefined;
  if (draft === undefined || current === undefined) return null;
  return (
    <Stack gap="xs" mt="xs">
      {(['configSchema', 'defaultConfig'] as const).map((part) => {
        const name = part === 'configSchema' ? text.compare.schema : text.compare.defaults;
        return (
          <JsonDiff
            key={part}
            before={canonicalText(current[part], 2)}
            after={canonicalText(draft[part], 2)}
            beforeLabel={text.compare.side(name, version)}
            afterLabel={text.publish.ofDraft(name)}
          />
        );
      })}
    </Stack>
  );
}
