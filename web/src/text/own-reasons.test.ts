import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWN_REASONS, ownReason } from './own-reasons.zh';
import type { PhraseCode } from './phrase';
import { zh } from './zh';

const FOLDER = '../strategies/src';
const written = [FOLDER, '../executors/src/runtime']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.rs'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('');
const constants = new Map([...written.matchAll(/const (\w+): &str =\s*"([^"]*)"/g)].map(([, name, text]) => [name, text]));
/** Constants, and sides, as what they stand for. */
const source = ['buy', 'sell'].map((side) => written.replaceAll('{side}s', `${side}s`)).join('').replace(/\{([A-Z_]+)\}/g, (braced, name) => constants.get(name) ?? braced);

it('knows what strategies and those that run them say, as they say it', () => {
  expect(OWN_REASONS.filter((reason) => !source.includes(`"${reason}"`) && !source.includes(`: ${reason}"`))).toEqual([]);
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
  expect(zh.said('…', { code: 'ORDER_REJECTED', params: { reason: 'never reached the venue' } })).toBe('订单被拒绝：从未到达交易所');
});

it('knows several at once and where they belong, and leaves what people wrote as it is', () => {
  expect(ownReason('mm-buy-0: its price is not above zero; the next refresh is not due yet')).toBe('mm-buy-0：其价格不大于零；尚未到下次刷新的时间');
  expect(ownReason('ping-pong: buys wait for the other side; mm-sell-1: it would trade with a live order of ours')).toBe('ping-pong：买单等待另一侧；mm-sell-1：会与我方未结的订单成交');
  expect(ownReason('it was not sent: the run was stopped meanwhile')).toBe('未发送：运行已在此期间停止');
  expect(ownReason('Done; for today')).toBe('Done; for today');
});
