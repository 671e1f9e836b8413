import { expect, it } from 'vitest';
import { exchangesOf, holds, quoteCurrencyOf } from './held';

const maker = { key: 'ana-desk-mm', definitionKey: 'mm', exchanges: ['Binance', 'mexc'] };

it.each([
  ['SYSTEM', null, true],
  ['INSTANCE', 'ana-desk-mm', true],
  ['INSTANCE', 'ana-desk-volume', false],
  ['DEFINITION', 'mm', true],
  ['DEFINITION', 'volume', false],
  ['ACCOUNT', 'binance', true],
  ['ACCOUNT', 'kraken', false],
] as const)('a guard on %s %s holds it: %s', (scope, target, held) => {
  expect(holds({ scope, target }, maker)).toBe(held);
});

it('holds nothing without a definition for one on a definition', () => {
  expect(holds({ scope: 'DEFINITION', target: 'mm' }, { ...maker, definitionKey: null })).toBe(false);
});

it('trades where its configuration says, not where it only looks at prices', () => {
  expect(exchangesOf({ exchangeName: 'binance', oracleExchangeName: 'kraken' })).toEqual(['binance']);
  expect(exchangesOf({ exchangeAName: 'binance', exchangeBName: 'mexc' })).toEqual(['binance', 'mexc']);
  expect(exchangesOf(null)).toEqual([]);
});

it.each([
  [{ pair: 'WLD/USDT' }, 'USDT'],
  [{ symbol: 'btc-usdc' }, 'USDC'],
  [{ pair: 'BTC/USDT:BTC' }, 'USDT'],
  [{ pair: 'BTC' }, undefined],
  [{}, undefined],
])('%j is paid in %s', (config, currency) => {
  expect(quoteCurrencyOf(config)).toBe(currency);
});
