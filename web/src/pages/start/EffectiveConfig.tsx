/** What would run, field by field, and where each comes from. */
import { Alert, Stack, Text, Title } from '@mantine/core';
import { ConfigFields } from '../../page/ConfigFields';
import { TradingBadge } from '../../page/TradingBadge';
import { useText } from '../../text/text';
import type { Validation } from './start';

interface EffectiveConfigProps {
  validation: Validation;
  isCurrent: boolean;
  /** It is not what somebody looked at when they pressed the button. */
  isOtherwise: boolean;
}

export function EffectiveConfig({ validation, isCurrent, isOtherwise }: EffectiveConfigProps) {
  const text = useText();
  const says = text.start;
  const { existing } = validation;
  return (
    <Stack component="section" className="card" gap="sm" aria-live="polite">
      <Title order={2} size="h4">
        {says.effective} <TradingBadge trading={validation.trading} />
      </Title>
      <Text size="sm" c="dimmed">
        {says.effectiveAbout}
      </Text>
      <Alert color={isCurrent && validation.valid ? 'good' : 'warn'} variant="outline">
        {isCurrent ? (validation.valid ? says.valid : says.invalid) : says.changedSince}
      </Alert>
      {isOtherwise ? (
        <Alert color="warn" variant="outline" role="alert">
          {says.otherwise}
        </Alert>
      ) : null}
      {existing === null ? null : (
        <Alert color="warn" variant="outline">
          {says.existing(existing.key, text.state[existing.status])}
        </Alert>
      )}
      <ConfigFields fields={validation.fields} />
    </Stack>
  );
}
