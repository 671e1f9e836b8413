import { expect, it } from 'vitest';
import { heldOf } from './stop-mode';

const position = (pair: string, base: string) => ({ exchange: 'mexc', pair, base });

it('is what was bought or sold short, digit by digit', () => {
  expect(heldOf([position('BTC/USDT', '0.00000000000000000001'), position('WLD-USDT', '-10.50')])).toEqual([
    { exchange: 'mexc', pair: 'BTC/USDT', coin: 'BTC', amount: '0.00000000000000000001', isShort: false },
    { exchange: 'mexc', pair: 'WLD-USDT', coin: 'WLD', amount: '10.50', isShort: true },
  ]);
});

it.each(['0', '0.00', '-0'])('is nothing at %s', (base) => {
  expect(heldOf([position('BTC/USDT', base)])).toEqual([]);
});
