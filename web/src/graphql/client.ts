import { cacheExchange, Client } from 'urql';
import { seenPosition, waitsForWhatWasSeen } from '../live/seen-position';
import { losslessFetchExchange, type OnUnauthorized } from './lossless-fetch';

export const GRAPHQL_PATH = '/graphql';

export function createGraphqlClient(onUnauthorized: OnUnauthorized): Client {
  return new Client({
    url: GRAPHQL_PATH,
    exchanges: [cacheExchange, waitsForWhatWasSeen(seenPosition), losslessFetchExchange(onUnauthorized)],
    // What is on screen is shown at once and asked for again: nobody decides on what the cache remembers
    requestPolicy: 'cache-and-network',
  });
}
