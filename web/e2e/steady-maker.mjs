/** A definition of the journeys' own: titles, limits, a choice and a list, so that its form has something to show. */
export const STEADY_MAKER = {
  key: 'steady-maker',
  name: 'Steady maker',
  description: 'Quotes both sides of a calm market.',
  executorType: 'pureMarketMaking',
  configSchema: {
    type: 'object',
    required: ['pair', 'exchangeName', 'bidSpread', 'askSpread', 'orderAmount', 'orderRefreshTime'],
    properties: {
      pair: { type: 'string', title: 'Pair', description: 'Base and quote.', pattern: '^[A-Z]+/[A-Z]+$' },
      exchangeName: { type: 'string', title: 'Exchange', enum: ['binance', 'mexc'] },
      bidSpread: { type: 'number', title: 'Bid spread', description: 'A fraction of the price.', minimum: 0, maximum: 0.5 },
      askSpread: { type: 'number', title: 'Ask spread', minimum: 0, maximum: 0.5 },
      orderAmount: { type: 'number', title: 'Order amount', exclusiveMinimum: 0 },
      numberOfLayers: { type: 'integer', title: 'Layers', minimum: 1 },
      orderRefreshTime: { type: 'integer', title: 'Refresh every', description: 'In milliseconds.', minimum: 1000 },
      priceSourceType: { type: 'string', title: 'Price source', enum: ['mid_price', 'best_bid', 'best_ask', 'last_price'] },
    },
  },
  defaultConfig: {
    pair: 'WLD/USDT',
    exchangeName: 'binance',
    bidSpread: 0.002,
    askSpread: 0.002,
    orderAmount: 5,
    numberOfLayers: 1,
    orderRefreshTime: 1000,
    priceSourceType: 'mid_price',
  },
};

/** An instance of it that quotes on recorded data. */
export const quoting = (userId) => ({ definitionKey: STEADY_MAKER.key, userId, clientId: 'desk', config: {} });

export const keyOf = (userId) => `${userId}-desk-pureMarketMaking`;
