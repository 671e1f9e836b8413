/** A guard's rule as it is typed, and as it is sent. */
import type { Required } from '../command/missing';
import { isJsonNumber } from '../json/exact-number';
import type { JsonValue } from '../json/value';
import type { Guard, GuardScope } from './guards';
import { quoteCurrencyOf } from './held';

export interface RuleForm {
  name: string;
  scope: GuardScope;
  target: string;
  currency: string;
  loss: string;
  drawdown: string;
  action: Guard['action'];
}

const LONGEST_NAME = 64;

export const EMPTY_RULE: RuleForm = { name: '', scope: 'SYSTEM', target: '', currency: '', loss: '', drawdown: '', action: 'PAUSE' };

export function formOf({ name, scope, target, currency, loss, drawdown, action }: Guard): RuleForm {
  return { name, scope, target: target ?? '', currency, loss: loss ?? '', drawdown: drawdown ?? '', action };
}

/** For what somebody looks at: all but how much it may lose is known. */
export function formAbout(scope: 'DEFINITION' | 'INSTANCE', key: string, config: JsonValue): RuleForm {
  const name = key.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, LONGEST_NAME);
  return { ...EMPTY_RULE, name, scope, target: key, currency: quoteCurrencyOf(config) ?? '' };
}

interface Labels {
  name: string;
  currency: string;
  targets: Readonly<Record<Exclude<GuardScope, 'SYSTEM'>, string>>;
  lossOrDrawdown: string;
}

/** What no guard is without, each as its field is called. */
export function requiredOf({ name, scope, target, currency, loss, drawdown }: RuleForm, says: Labels): Required[] {
  return [
    { member: 'name', label: says.name, value: name },
    ...(scope === 'SYSTEM' ? [] : [{ member: 'target', label: says.targets[scope], value: target }]),
    { member: 'currency', label: says.currency, value: currency },
    { member: 'loss', label: says.lossOrDrawdown, value: `${loss}${drawdown}` },
  ];
}

/** Nothing rather than blanks, and amounts digit by digit as typed. */
export function inputOf({ name, scope, target, currency, loss, drawdown, action }: RuleForm) {
  const given = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    name: name.trim(),
    scope,
    target: scope === 'SYSTEM' ? null : given(target),
    currency: currency.trim(),
    loss: given(loss),
    drawdown: given(drawdown),
    action,
  };
}

/** The server reads nothing else as an amount, and could not say at which field it is. */
export function isAmount(text: string): boolean {
  return text.trim() === '' || isJsonNumber(text.trim());
}

/** Whether what was measured for a guard counts for what it is made to. */
export function measuresTheSame(guard: Pick<Guard, 'scope' | 'target' | 'currency'>, form: RuleForm): boolean {
  const input = inputOf(form);
  return guard.scope === input.scope && guard.target === input.target && guard.currency.toLowerCase() === input.currency.toLowerCase();
}
