import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { JsonEditor } from '../../json-editor/JsonEditor';
import { toJsonText } from '../../json/json-text';
import { ConfigFields } from '../../page/ConfigFields';
import { useText } from '../../text/text';
import type { Instance } from './instance';
import { ChangeWhileRunning } from './reconfigure/ChangeWhileRunning';

export function ConfigTab({ instance, past }: { instance: Instance; past: boolean }) {
  const { instance: says } = useText();
  const [view, setView] = useState('table');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {says.configAbout}
      </Text>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={says.tabs.config}
          value={view}
          onChange={setView}
          data={[
            { value: 'table', label: says.asTable },
            { value: 'json', label: says.asJson },
          ]}
        />
        <ChangeWhileRunning instance={instance} past={past} />
      </Group>
      {view === 'table' ? (
        <div className="card">
          <ConfigFields fields={instance.configFields} />
        </div>
      ) : (
        <JsonEditor value={toJsonText(instance.config, 2)} label={says.tabs.config} readOnly />
      )}
    </Stack>
  );
}
