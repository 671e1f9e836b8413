// Holds the program E2E_PROGRAM names, on a store of its own, against the GraphQL-over-HTTP specification.
// Ends with 1 unless every audit passes, the optional ones included.
import { serverAudits } from 'graphql-http';
import { Operator } from '../e2e/operator.mjs';
import { withServer } from '../e2e/server.mjs';

const { E2E_PROGRAM: program } = process.env;
if (!program) {
  console.error('set E2E_PROGRAM to the program');
  process.exit(2);
}

async function failuresOf(audits) {
  let failed = 0;
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status === 'ok') continue;
    failed += 1;
    console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`);
  }
  return failed;
}

await withServer(program, {}, async (server) => {
  const { token } = await Operator.signIn(server);
  const asSomebody = (address, init = {}) =>
    fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const audits = serverAudits({ url: `${server.baseUrl}/graphql`, fetchFn: asSomebody });
  const failed = await failuresOf(audits);
  console.log(` Tests  ${audits.length - failed} passed | ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
