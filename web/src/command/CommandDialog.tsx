/** A command, what it will do, and why it is given. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { TradingBadge, type Trading } from '../page/TradingBadge';
import { useText } from '../text/text';
import { CopyRequest } from './CopyRequest';
import { ReasonField, reasonOf } from './ReasonField';
import { Refusals } from './Refusals';
import type { Request } from './request-text';
import { useFocusBack } from './use-focus-back';
import { useRefusalFocus } from './use-refusal-focus';
import type { UserError } from './user-error';

interface CommandDialogProps {
  title: string;
  children: ReactNode;
  submit: string;
  danger?: boolean;
  /** What orders the command is about: on paper, on a test network, or for real money. */
  trading?: Trading | null;
  reason: 'required' | 'optional' | 'none';
  busy: boolean;
  errors: readonly UserError[];
  failure: string | undefined;
  shownElsewhere?: readonly string[];
  /** Something else still keeps it from being sent. */
  blocked?: boolean;
  size?: string;
  /** What a submit would send. */
  requestOf: (submit: () => void) => Request | undefined;
  /** Where that is more than one request: all of them. */
  requestsOf?: (reason: string | null) => readonly Request[];
  onSubmit: (reason: string | null) => void;
  onClose: () => void;
}

export function CommandDialog(props: CommandDialogProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  useFocusBack();
  const place = useRefusalFocus<HTMLFormElement>(props.errors, props.failure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit(reasonOf(reason));
  };
  const elsewhere = ['reason', ...(props.shownElsewhere ?? [])];
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'lg'}
      closeButtonProps={{ 'aria-label': text.app.close }}
    >
      <form ref={place} onSubmit={submit} noValidate>
        <Stack gap="md">
          {props.trading == null ? null : <TradingKind trading={props.trading} />}
          {props.children}
          {props.reason === 'none' ? null : (
            <ReasonField
              value={reason}
              onChange={setReason}
              required={props.reason === 'required'}
              errors={props.errors}
            />
          )}
          <Refusals errors={props.errors} failure={props.failure} shownElsewhere={elsewhere} />
          <CopyRequest read={() => props.requestsOf?.(reasonOf(reason)) ?? props.requestOf(() => props.onSubmit(reasonOf(reason)))} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {text.command.cancel}
            </Button>
            <Button type="submit" color={props.danger || props.trading === 'LIVE' ? 'red.9' : undefined} disabled={props.blocked} loading={props.busy}>
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Beside the decision: the banner that says it for the whole page may be out of sight behind the dialog. */
function TradingKind({ trading }: { trading: Trading }) {
  const { command: says } = useText();
  return (
    <Text size="sm" component="div" data-trading={trading}>
      <TradingBadge trading={trading} /> {trading === 'LIVE' ? says.realMoney : null}
    </Text>
  );
}
