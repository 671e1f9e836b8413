import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { expect, it } from 'vitest';
import { eventPhrases } from './event-phrases.zh';
import { frame } from './frame.en';
import { worded, type Phrase, type PhraseCode } from './phrase';
import { phrases } from './phrases.zh';

const schema = buildSchema(readFileSync('../api/schema.graphql', 'utf8'), { assumeValidSDL: true });
const codes = (schema.getType('PhraseCode') as GraphQLEnumType).getValues();
const said = worded(phrases);
const phrase = (code: string, params: NonNullable<Phrase>['params']): Phrase => ({ code: code as PhraseCode, params });
/** Which parameters stand in a wording, and how often. */
const stands = (wording: string) => [...wording.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

it('has a wording for every code, in which the same things stand as in the server’s English', () => {
  expect(Object.keys(phrases).sort()).toEqual(codes.map(({ name }) => name).sort());
  for (const { name, description } of codes) {
    expect(stands(phrases[name as PhraseCode]), name).toEqual(stands(description ?? ''));
  }
});

it('has the first visit’s share of them: every sentence that the server sums an event up in', () => {
  const folder = '../api/src/graphql/events/summary';
  const source = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('');
  const used = [...source.matchAll(/\bPhrase::([A-Z]\w+)/g)].map(([, name = '']) => name.replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase());
  expect(new Set(used).size).toBeGreaterThan(40);
  expect(used.filter((code) => !Object.hasOwn(eventPhrases, code))).toEqual([]);
});

it('leaves no English word in them, but for names such as UTF-8', () => {
  for (const [code, wording] of Object.entries(phrases)) {
    expect(wording.replace(/\{\w+\}/g, ''), code).not.toMatch(/[a-z]/);
  }
});

it('puts what the server tells where it stands, a phrase as well', () => {
  expect(said('published 1.0.1', phrase('DEFINITION_PUBLISHED', { version: '1.0.1' }))).toBe('发布 1.0.1');
  const subject = { code: 'WHOLE_CONFIGURATION', params: {} };
  const change = { code: 'RULES_REPLACED', params: { subject } };
  expect(said('Major: …', phrase('BUMP_MAJOR_MORE', { change, more: '2' }))).toBe(
    '主版本号：先前接受的配置可能被拒绝：整个配置：规则已全部更换（另有 2 处）',
  );
});

it('keeps what somebody recorded as it was recorded', () => {
  expect(said('left out: no {price}', phrase('TICK_SKIPPED', { reason: 'no {price} $& yet' }))).toBe('略过：no {price} $& yet');
});

it('is the server’s sentence where a newer server says something new', () => {
  const unknown = phrase('MOON_BOUGHT', { price: '1' });
  expect(said('bought the moon', unknown)).toBe('bought the moon');
  expect(said('Major: the moon', phrase('BUMP_MAJOR', { change: { code: 'MOON_BOUGHT', params: {} } }))).toBe('Major: the moon');
  expect(said('published', phrase('DEFINITION_PUBLISHED', {}))).toBe('published');
  expect(said('MoonBought', null)).toBe('MoonBought');
});

it('is the server’s sentence in English', () => {
  expect(frame.said('published 1.0.1', phrase('DEFINITION_PUBLISHED', { version: '1.0.1' }))).toBe('published 1.0.1');
});
