// Holds a running server against the GraphQL-over-HTTP specification.
//
//   STRATEGOS_TOKEN=… node scripts/graphql-audit.mjs http://127.0.0.1:8080/graphql
//
// Ends with 1 unless every audit passes, the optional ones included.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const token = process.env.STRATEGOS_TOKEN;
if (!url || !token) {
  console.error('usage: STRATEGOS_TOKEN=<token> node scripts/graphql-audit.mjs <url of /graphql>');
  process.exit(2);
}

const asSomebody = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

const audits = serverAudits({ url, fetchFn: asSomebody });
let failed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed += 1;
    console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`);
  }
}
console.log(`${audits.length - failed} of ${audits.length} audits passed`);
process.exit(failed === 0 ? 0 : 1);
