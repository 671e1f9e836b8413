import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { expect, it } from 'vitest';
import { en } from '../../text/en';
import { zh } from '../../text/zh';
import { skipReasonSaid } from './skip-reason';

const schema = buildSchema(readFileSync('../api/schema.graphql', 'utf8'), { assumeValidSDL: true });
/** What the server says of an instance it skips, as its source has it. */
const source = readFileSync('../api/src/operations/backfill.rs', 'utf8');
const sentences = [...source.matchAll(/"((?:no|this|it) [^"\n]+)"/g)].map(([, sentence = '']) => sentence.replace(/\{[^}]*\}/g, 'volume'));

it('knows the outcomes of the schema in both languages', () => {
  const outcomes = (schema.getType('BackfillOutcome') as GraphQLEnumType).getValues().map(({ name }) => name);
  for (const { backfill } of [en, zh]) expect(Object.keys(backfill.outcomes).sort()).toEqual(outcomes.toSorted());
});

it('has a Chinese phrase for every reason that the server gives', () => {
  expect(sentences).toHaveLength(4);
  for (const sentence of sentences) {
    const said = skipReasonSaid(sentence, zh.backfill.reasons);
    expect(said, sentence).toMatch(/\p{Script=Han}/u);
    expect(said.includes('volume'), sentence).toBe(sentence.includes('volume'));
  }
});

it('says in English what the server says, and leaves what it does not know', () => {
  for (const sentence of sentences) expect(skipReasonSaid(sentence, en.backfill.reasons)).toBe(sentence);
  expect(skipReasonSaid('the moon is full', zh.backfill.reasons)).toBe('the moon is full');
});
