import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWN_REASONS, ownReason } from './own-reasons.zh';
import type { PhraseCode } from './phrase';
import { zh } from './zh';

const FOLDER = '../strategies/src';
const source = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.rs'))
  .map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'))
  .join('');

it('knows what strategies say, as they say it', () => {
  expect(OWN_REASONS.filter((reason) => !source.includes(`"${reason}"`))).toEqual([]);
});

it('knows all that quotes are taken off for', () => {
  const reconcile = readFileSync(`${FOLDER}/pure_market_making/reconcile.rs`, 'utf8').split('#[cfg(test)]')[0] ?? '';
  const said = [...reconcile.matchAll(/(?:Err\(|ok_or\(|&str = )"([^"]+)"/g)].map(([, reason]) => reason);
  expect(said.length).toBeGreaterThan(3);
  expect(said.filter((reason) => !OWN_REASONS.includes(reason ?? ''))).toEqual([]);
});

it('says them where they stand in decisions and events', () => {
  const phrase = (code: PhraseCode) => ({ code, params: { order: 'mm-1', reason: "the quote's price moved" } });
  expect(zh.said('…', phrase('DECIDED_CANCEL'))).toBe('撤单 mm-1：报价的价格已变');
  expect(zh.said('…', phrase('CANCEL_INTENDED'))).toBe('决定撤单：报价的价格已变');
});

it('knows several at once and where they belong, and leaves what people wrote as it is', () => {
  expect(ownReason('mm-buy-0: its price is not above zero; the next refresh is not due yet')).toBe('mm-buy-0：其价格不大于零；尚未到下次刷新的时间');
  expect(ownReason('Done; for today')).toBe('Done; for today');
});
