/** A command as a request that anybody can send: to read, to keep, or to put into a script. */
import { toJsonText } from '../json/json-text';

export interface Request {
  /** The document, printed. */
  query: string;
  variables: unknown;
}

export type RequestForm = 'curl' | 'graphql';

/** Who sends it brings a token: the session of this browser stays in this browser. */
const TOKEN = '$TOKEN';

/** Several, where the server takes only so many things at once: each under its number, to be sent in this order. */
export function requestTexts(form: RequestForm, requests: readonly Request[], url: string): string {
  const [only] = requests;
  if (requests.length === 1 && only !== undefined) return requestText(form, only, url);
  return requests.map((request, index) => `# ${index + 1} / ${requests.length}\n${requestText(form, request, url)}`).join('\n');
}

export function requestText(form: RequestForm, { query, variables }: Request, url: string): string {
  if (form === 'graphql') return `${query.trim()}\n\n# variables\n${toJsonText(variables, 2)}\n`;
  return [
    `curl -sS ${shellWord(url)} \\`,
    `  -H "Authorization: Bearer ${TOKEN}" \\`,
    `  -H 'content-type: application/json' \\`,
    `  --data-binary ${shellWord(toJsonText({ query, variables }))}`,
    '',
  ].join('\n');
}

/** In single quotes nothing means anything but a single quote. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
