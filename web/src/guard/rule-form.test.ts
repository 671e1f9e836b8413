import { expect, it } from 'vitest';
import { missingIn } from '../command/missing';
import { guards } from '../text/guards.en';
import { EMPTY_RULE, formAbout, inputOf, isAmount, measuresTheSame, requiredOf } from './rule-form';

it('begins with what is known of what somebody looks at', () => {
  const form = formAbout('INSTANCE', 'Ana_1-desk-pureMarketMaking', { pair: 'WLD/USDT' });
  expect(form).toMatchObject({ name: 'ana-1-desk-puremarketmaking', target: 'Ana_1-desk-pureMarketMaking', currency: 'USDT', loss: '' });
  expect(formAbout('DEFINITION', `-${'x'.repeat(80)}`, {}).name).toBe('x'.repeat(64));
});

it('sends amounts as they are typed, and nothing for what is left empty', () => {
  const form = { ...EMPTY_RULE, name: ' desk ', target: 'left over', currency: 'USDT', loss: ' 0.100000000000000000001 ', drawdown: ' ' };
  expect(inputOf(form)).toMatchObject({ name: 'desk', target: null, loss: '0.100000000000000000001', drawdown: null });
});

it.each([['', true], ['250', true], [' 0.5 ', true], ['1,000', false], ['0.', false], ['much', false]])('%j is an amount: %s', (text, is) => {
  expect(isAmount(text)).toBe(is);
});

it('goes on measuring as long as the same profit is watched', () => {
  const guard = { scope: 'ACCOUNT', target: 'binance', currency: 'USDT' } as const;
  const form = { ...EMPTY_RULE, scope: 'ACCOUNT', target: 'binance', currency: 'usdt', loss: '5' } as const;
  expect(measuresTheSame(guard, form)).toBe(true);
  expect(measuresTheSame(guard, { ...form, currency: 'EUR' })).toBe(false);
  expect(measuresTheSame(guard, { ...form, target: 'mexc' })).toBe(false);
  expect(measuresTheSame({ scope: 'SYSTEM', target: null, currency: 'USDT' }, { ...form, scope: 'SYSTEM' })).toBe(true);
});

it('is missing all that it is missing at once', () => {
  const missing = (form: Partial<typeof EMPTY_RULE>) => missingIn(requiredOf({ ...EMPTY_RULE, ...form }, guards), (label) => label).map(({ pointer }) => pointer);
  expect(missing({})).toEqual(['/name', '/currency', '/loss']);
  expect(missing({ name: 'house', scope: 'ACCOUNT', currency: 'USDT', drawdown: '5' })).toEqual(['/target']);
});
