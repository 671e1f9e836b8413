/** The fields of a guard's rule, each with what was refused about it. */
import { NativeSelect, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { violationsUnder, type UserError } from '../command/user-error';
import { useText } from '../text/text';
import { isAmount, type RuleForm } from './rule-form';
import { TargetField } from './TargetField';

const SCOPES = ['INSTANCE', 'DEFINITION', 'ACCOUNT', 'SYSTEM'] as const;
const ACTIONS = ['REDUCE_ONLY', 'PAUSE', 'FLATTEN'] as const;
/** Whose refusals stand at fields. */
export const AT_FIELDS = ['name', 'target', 'currency', 'loss', 'drawdown'];

interface RuleFieldsProps {
  form: RuleForm;
  /** A guard keeps the name it was added with. */
  named: boolean;
  nameTaken: boolean;
  errors: readonly UserError[];
  /** Somebody wanted it sent: what is half typed is wrong by now. */
  checked: boolean;
  onChange: (change: Partial<RuleForm>) => void;
}

export function RuleFields({ form, named, nameTaken, errors, checked, onChange }: RuleFieldsProps) {
  const { guards: says } = useText();
  const refused = (member: string) => violationsUnder(errors, member).map(({ message }) => message).join(' ') || undefined;
  const amountError = (member: 'loss' | 'drawdown') => (checked && !isAmount(form[member]) ? says.notDecimal : refused(member));
  return (
    <Stack gap="md">
      {named ? (
        refused('name') === undefined ? null : <Text role="alert" c="var(--mantine-color-error)">{refused('name')}</Text>
      ) : (
        <TextInput
          label={says.name} description={says.nameAbout} required value={form.name} error={nameTaken ? says.nameTaken : refused('name')} autoComplete="off"
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={says.scope}
          value={form.scope}
          data={SCOPES.map((scope) => ({ value: scope, label: says.scopes[scope] }))}
          onChange={({ currentTarget: { value } }) => {
            const scope = SCOPES.find((one) => one === value);
            if (scope !== undefined) onChange({ scope, target: '' });
          }}
        />
        {form.scope === 'SYSTEM' ? null : (
          <TargetField scope={form.scope} value={form.target} error={refused('target')} onChange={(target) => onChange({ target })} />
        )}
      </SimpleGrid>
      <TextInput
        label={says.currency} description={says.currencyAbout} required value={form.currency} error={refused('currency')} placeholder="USDT" autoComplete="off"
        onChange={(event) => onChange({ currency: event.currentTarget.value })}
      />
      <Stack gap={4}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={says.loss} description={says.lossAbout} inputMode="decimal" className="numeric" value={form.loss} error={amountError('loss')} autoComplete="off"
            onChange={(event) => onChange({ loss: event.currentTarget.value })}
          />
          <TextInput
            label={says.drawdown} description={says.drawdownAbout} inputMode="decimal" className="numeric" value={form.drawdown} error={amountError('drawdown')} autoComplete="off"
            onChange={(event) => onChange({ drawdown: event.currentTarget.value })}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {says.limitsAbout}
        </Text>
      </Stack>
      <Radio.Group
        label={says.action}
        value={form.action}
        onChange={(value) => {
          const action = ACTIONS.find((one) => one === value);
          if (action !== undefined) onChange({ action });
        }}
      >
        <Stack gap="xs" mt="xs">
          {ACTIONS.map((action) => (
            <Radio key={action} value={action} label={says.actions[action]} />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
