/** Adds a guard, or gives one another rule. */
import { Alert, Text } from '@mantine/core';
import { useState } from 'react';
import { CommandDialog } from '../command/CommandDialog';
import { missingIn } from '../command/missing';
import { useCommand } from '../command/use-command';
import { conflictIn, type UserError } from '../command/user-error';
import { useText } from '../text/text';
import { setGuardDocument, type Guard } from './guards';
import { formOf, inputOf, isAmount, measuresTheSame, requiredOf, type RuleForm } from './rule-form';
import { AT_FIELDS, RuleFields } from './RuleFields';
import { useGuards } from './use-guards';
import { useSeenGuards } from './use-guard-command';
import { limitsSaid, watchedSaid } from './words';

interface SetGuardDialogProps {
  /** The guard that is changed, or what a new one begins with. */
  of: { guard: Guard } | { beginning: RuleForm };
  onClose: () => void;
}

export default function SetGuardDialog({ of, onClose }: SetGuardDialogProps) {
  const { guards: says, command: words, validation } = useText();
  const guard = 'guard' in of ? of.guard : undefined;
  const [form, setForm] = useState(() => ('guard' in of ? formOf(of.guard) : of.beginning));
  const [checked, setChecked] = useState(false);
  const [missing, setMissing] = useState<readonly UserError[]>([]);
  const command = useCommand({ document: setGuardDocument, payloadOf: (result) => result.setGuard, said: () => says.setDone(inputOf(form).name) });
  const all = useGuards();
  const seen = useSeenGuards(all, command.errors);
  const known = all.guards?.guards.find(({ name }) => name === inputOf(form).name);
  const nameTaken = guard === undefined && known !== undefined;
  const errors = missing.length > 0 ? missing : command.errors;
  // What is added changes nothing that somebody looked at; the name is checked against what there is now
  const revision = guard === undefined ? all.guards?.revision : seen;
  const submit = async (reason: string | null) => {
    const found = missingIn([...requiredOf(form, says), { member: 'reason', label: words.reason, value: reason ?? '' }], validation.required);
    setChecked(true);
    setMissing(found);
    command.forget();
    if (!isAmount(form.loss) || !isAmount(form.drawdown) || nameTaken || found.length > 0) return;
    const input = { ...inputOf(form), expectedRevision: revision ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  const change = (part: Partial<RuleForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setChecked(false);
    setMissing([]);
    command.forget();
  };
  return (
    <CommandDialog
      {...command}
      errors={errors}
      title={guard === undefined ? says.setTitle : says.changeTitle(guard.name)}
      submit={guard === undefined ? says.submit : says.change}
      reason="required"
      blocked={revision === undefined}
      shownElsewhere={AT_FIELDS}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <RuleFields form={form} named={guard !== undefined} nameTaken={nameTaken} errors={errors} checked={checked} onChange={change} />
      {guard === undefined ? null : <Text>{measuresTheSame(guard, form) ? says.goesOn : says.anew}</Text>}
      {guard === undefined || conflictIn(command.errors) === undefined ? null : (
        <Alert color="warn" variant="outline" title={says.now}>
          {known === undefined ? says.gone : [watchedSaid(known, says), ...limitsSaid(known, says), says.then(says.actions[known.action])].join(', ')}
        </Alert>
      )}
    </CommandDialog>
  );
}
