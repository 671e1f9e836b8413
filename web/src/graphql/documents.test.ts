/** Every document against the server's schema: types alone do not notice an argument that is gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, Kind, NoUnusedFragmentsRule, parse, specifiedRules, validate } from 'graphql';
import { expect, it } from 'vitest';

const schema = buildSchema(readFileSync('../api/schema.graphql', 'utf8'), { assumeValidSDL: true });
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts$/.test(file))
  .map((file) => `src/${file}`);
const documents = sources.flatMap((file) => {
  const found = readFileSync(file, 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g);
  return [...found].map(([, text]) => ({ file, document: parse(text ?? '') }));
});
const fragments = documents.flatMap(({ document }) =>
  document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
);
const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
const operations = documents.flatMap(({ file, document }) =>
  document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).map((operation) => ({ file, operation })),
);

it('finds them all', () => {
  expect(operations.length).toBeGreaterThan(30);
});

it.each(operations)('$file', ({ operation }) => {
  const whole = { kind: Kind.DOCUMENT as const, definitions: [operation, ...fragments] };
  const errors = validate(schema, whole, rules).map(({ message }) => message);
  // A directive of the type generator, which the client takes out before sending
  expect(errors.filter((message) => !message.includes('@_unmask'))).toEqual([]);
});
