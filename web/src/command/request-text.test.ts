import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { numberFromText } from '../json/exact-number';
import { requestText, requestTexts } from './request-text';

const request = { query: 'mutation Stop { stop }', variables: { input: { reason: `it's "late" \\ $HOME`, spread: numberFromText('0.10') } } };

it('reaches a shell as it was meant, whatever the reason says, with numbers as typed', () => {
  const curl = requestText('curl', request, 'http://127.0.0.1:3000/graphql').replace(/^curl /, `printf '%s\\n' `);
  const words = execFileSync('sh', ['-c', curl], { env: { TOKEN: 'st_x' }, encoding: 'utf8' }).split('\n');
  expect(words).toContain('Authorization: Bearer st_x');
  expect(words).toContain('{"query":"mutation Stop { stop }","variables":{"input":{"reason":"it\'s \\"late\\" \\\\ $HOME","spread":0.10}}}');
});

it('is a document and its variables for those who speak GraphQL', () => {
  expect(requestText('graphql', { query: '\nmutation A {\n  a\n}\n', variables: { input: { key: 'x' } } }, '')).toBe(
    'mutation A {\n  a\n}\n\n# variables\n{\n  "input": {\n    "key": "x"\n  }\n}\n',
  );
});

it('is each of several requests, under its number, and a shell sends all of them', () => {
  const requests = ['a', 'b', 'c'].map((key) => ({ query: 'mutation Stop { stop }', variables: { input: { keys: [key] } } }));
  const text = requestTexts('curl', requests, 'http://127.0.0.1:3000/graphql');
  expect(text.match(/^# \d \/ \d$/gm)).toEqual(['# 1 / 3', '# 2 / 3', '# 3 / 3']);
  const sent = execFileSync('sh', ['-c', text.replace(/^curl /gm, `printf '%s\\n' `)], { encoding: 'utf8' });
  expect(sent.match(/"keys":\["\w"\]/g)).toEqual(['"keys":["a"]', '"keys":["b"]', '"keys":["c"]']);
  expect(requestTexts('curl', requests.slice(0, 1), '')).not.toContain('#');
});
