/** Whom a guard that tripped holds; and what an instance's configuration says of where it trades. */
import { isJsonObject, type JsonValue } from '../json/value';
import type { GuardScope } from './guards';

/** Where the built-in executors place orders; another exchange that a configuration names only gives a price. */
const EXCHANGES = ['exchangeName', 'exchangeAName', 'exchangeBName'];
const PAIRS = ['pair', 'symbol'];

export interface Watched {
  key: string;
  definitionKey: string | null;
  exchanges: readonly string[];
}

export function holds({ scope, target }: { scope: GuardScope; target: string | null }, { key, definitionKey, exchanges }: Watched): boolean {
  switch (scope) {
    case 'SYSTEM':
      return true;
    case 'ACCOUNT':
      return exchanges.some((exchange) => exchange.toLowerCase() === target?.toLowerCase());
    case 'DEFINITION':
      return target === definitionKey;
    case 'INSTANCE':
      return target === key;
    default:
      return scope satisfies never;
  }
}

export function exchangesOf(config: JsonValue): string[] {
  return textsOf(config, EXCHANGES);
}

/** Of `WLD/USDT`, `wld-usdt` or `WLD/USDT:USDT`. */
export function quoteCurrencyOf(config: JsonValue): string | undefined {
  const [pair] = textsOf(config, PAIRS);
  return pair?.split(':')[0]?.split(/[/-]/)[1]?.toUpperCase();
}

function textsOf(config: JsonValue, members: readonly string[]): string[] {
  if (!isJsonObject(config)) return [];
  return members.map((member) => config[member]).filter((value) => typeof value === 'string' && value !== '') as string[];
}
