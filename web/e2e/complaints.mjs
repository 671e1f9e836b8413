/** What pages complained of: errors on the console, uncaught errors, requests to elsewhere, policy reports. */
export class Complaints {
  #said = [];
  #expected = [];

  add(text) {
    if (!this.#expected.some((pattern) => pattern.test(text))) this.#said.push(text);
  }

  /** While `act` runs, and only then, complaints of these kinds are the point of it. */
  async expecting(patterns, act) {
    const before = this.#expected;
    this.#expected = [...before, ...patterns];
    try {
      return await act();
    } finally {
      this.#expected = before;
    }
  }

  get all() {
    return [...this.#said];
  }
}

/** What Chromium itself writes when somebody has not signed in yet, or with a wrong password. */
export const NOT_SIGNED_IN = [/^console: Failed to load resource: the server responded with a status of 401 \(Unauthorized\) \(\S+\/api\/v1\/session\)$/];

/** What Chromium itself writes when a session has ended. */
export const SESSION_ENDED = [/^console: Failed to load resource: the server responded with a status of 401 \(Unauthorized\) \(\S+\/graphql\)$/, /^console: WebSocket connection to 'ws:\S+\/graphql' failed: /];

/** What Chromium itself writes while nobody listens on the server's port, the connection breaks, or the server prepares itself. */
export const SERVER_IS_DOWN = [
  /^console: Failed to load resource: the server responded with a status of 503 \(Service Unavailable\) \(\S+\/(graphql|api\/v1\/session)\)$/,
  /^console: Failed to load resource: net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING) \(\S+\/(graphql|favicon\.svg|api\/v1\/session|assets\/SignInAgain-[^/]+\.js)\)$/,
  /^console: WebSocket connection to 'ws:\S+\/graphql' failed: /,
];
