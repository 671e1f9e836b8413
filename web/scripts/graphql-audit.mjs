// Holds the program E2E_PROGRAM names, on a store of its own, against the GraphQL-over-HTTP specification.
// Ends with 1 unless every audit passes, the optional ones included.
import { createHash } from 'node:crypto';
import { serverAudits } from 'graphql-http';
import { startServer } from '../e2e/server.mjs';

const { E2E_PROGRAM: binary } = process.env;
if (!binary) {
  console.error('set E2E_PROGRAM to the program');
  process.exit(2);
}

async function tokenOf(baseUrl, password) {
  const hash = createHash('sha256').update(password).digest('hex');
  const answer = await fetch(`${baseUrl}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: hash }),
  });
  return (await answer.json()).access_token;
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

const { baseUrl, password, stop } = await startServer(binary);
try {
  const token = await tokenOf(baseUrl, password);
  const asSomebody = (address, init = {}) =>
    fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const audits = serverAudits({ url: `${baseUrl}/graphql`, fetchFn: asSomebody });
  const failed = await failuresOf(audits);
  console.log(` Tests  ${audits.length - failed} passed | ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await stop();
}
