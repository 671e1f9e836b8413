import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { expect, it } from 'vitest';
import { en } from '../../text/en';
import { zh } from '../../text/zh';

const schema = buildSchema(readFileSync('../api/schema.graphql', 'utf8'), { assumeValidSDL: true });

it('knows the outcomes of the schema in both languages', () => {
  const outcomes = (schema.getType('BackfillOutcome') as GraphQLEnumType).getValues().map(({ name }) => name);
  for (const { backfill } of [en, zh]) expect(Object.keys(backfill.outcomes).sort()).toEqual(outcomes.toSorted());
});
