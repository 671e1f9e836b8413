import { expect, it } from 'vitest';
import { defaultsIn, overridesOf, serverMembersIn } from './defaults';

const fields = [
  { name: 'bidSpread', value: 0.1, source: 'DEFAULT' as const },
  { name: 'userId', value: 'u', source: 'SYSTEM' as const },
];

it('tells defaults from what the server adds', () => {
  expect(defaultsIn(fields)).toEqual({ bidSpread: 0.1 });
  expect(serverMembersIn(fields)).toEqual({ userId: 'u' });
});

it('takes from an earlier run only what differs', () => {
  const config = { userId: 'other', bidSpread: 0.1, askSpread: 0.2, layers: null };
  expect(overridesOf(config, { bidSpread: 0.1, layers: 1 }, { userId: 'u' })).toEqual({ askSpread: 0.2, layers: null });
  expect(overridesOf('none', {}, {})).toEqual({});
});
