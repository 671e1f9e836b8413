// Writes the types of the server's schema. `gql.tada generate-output` stumbles over a default value of `{}` on a
// custom scalar (graphql-js cannot print one), so such an input is given to it as what it is for callers: optional.
import { readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildASTSchema, introspectionFromSchema, Kind, parse, visit } from 'graphql';

const target = 'src/graphql/schema.generated.d.ts';
const document = visit(parse(readFileSync('../api/schema.graphql', 'utf8')), {
  InputValueDefinition(node) {
    if (node.defaultValue?.kind !== Kind.OBJECT || node.type.kind !== Kind.NON_NULL_TYPE) return undefined;
    return { ...node, type: node.type.type, defaultValue: undefined };
  },
});
const introspection = minifyIntrospection(introspectionFromSchema(buildASTSchema(document)));
const types = outputIntrospectionFile(introspection, { fileType: target });

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') === types) process.exit(0);
  console.error(`${target} does not match api/schema.graphql: run \`npm run generate\``);
  process.exit(1);
}
writeFileSync(target, types);
