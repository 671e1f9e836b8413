// Servers of the journeys' own: the built program on a fresh store, gone when the journey ends.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const READY_WITHIN_MS = 60_000;
/** Where the tables are when they are apart. */
const TABLES = 'tables.sqlite';
const run = promisify(execFile);

export class Server {
  #child;
  #said = '';

  constructor(program, folder, port, flags) {
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.flags = flags;
    this.baseUrl = `http://127.0.0.1:${port}`;
    this.password = '';
  }

  /** Serves the folder, for the first time or again, and answers when it is ready; or only `live`, which it is in trouble, too. */
  async start(health = 'ready') {
    const options = ['serve', ...this.flags, '--data-folder', this.folder, '--listen', `127.0.0.1:${this.port}`];
    this.#child = spawn(this.program, options, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr.on('data', (text) => { this.#said = (this.#said + text).slice(-4000); });
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await this.is(health))) {
      if (this.#child.exitCode !== null || Date.now() > until) {
        throw new Error(`${this.program} did not become ready:\n${this.#said}`);
      }
      await pause(20);
    }
    this.password = (await readFile(join(this.folder, 'admin-password'), 'utf8')).trim();
  }

  /** As if the machine lost its power. */
  async kill() {
    if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async is(health) {
    try {
      return (await fetch(`${this.baseUrl}/health/${health}`)).ok;
    } catch {
      return false;
    }
  }

  /** Takes the tables of another installation for its own: a mistake of whoever set `tables_url`. Both must be down. */
  async takeTablesOf(other) {
    for (const end of ['', '-wal', '-shm']) {
      await rm(join(this.folder, TABLES + end), { force: true });
      await copyFile(join(other.folder, TABLES + end), join(this.folder, TABLES + end)).catch(() => undefined);
    }
  }

  /** The log as the auditor's tool prints it: a line for each event, in commit order. */
  async log(...options) {
    const replay = join(dirname(this.program), 'strategos-replay');
    const database = `sqlite:${join(this.folder, 'strategos.sqlite')}`;
    const { stdout } = await run(replay, ['--database', database, 'show', ...options], { maxBuffer: 1 << 28 });
    return stdout;
  }
}

/**
 * Starts `program` for `use`, and ends it whatever happens. `demo`: with an instance that quotes; `legacy`: a
 * database of the original that is imported before the first start; `tablesApart`: in a file of their own.
 */
export async function withServer(program, { demo = false, legacy, tablesApart = false }, use) {
  const folder = await mkdtemp(join(tmpdir(), 'strategos-e2e-store-'));
  const flags = [...(demo ? ['--demo'] : []), ...(tablesApart ? ['--tables-url', `sqlite:${join(folder, TABLES)}`] : [])];
  const server = new Server(program, folder, await freePort(), flags);
  try {
    if (legacy !== undefined) await run(program, ['import-legacy', '--from', legacy, '--data-folder', folder]);
    await server.start();
    return await use(server);
  } finally {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
