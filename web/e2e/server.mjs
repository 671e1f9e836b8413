// A server of its own for the journeys: the built binary on a fresh store, gone when they end.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts `binary`, and answers where it is and how to sign in. */
export async function startServer(binary) {
  const folder = await mkdtemp(join(tmpdir(), 'strategos-e2e-store-'));
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const options = ['serve', '--demo', '--data-folder', folder, '--listen', `127.0.0.1:${port}`];
  const child = spawn(binary, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => { said = (said + text).slice(-4000); });
  const stop = async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(baseUrl))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`${binary} did not become ready:\n${said}`);
    }
    await pause(50);
  }
  const password = (await readFile(join(folder, 'admin-password'), 'utf8')).trim();
  return { baseUrl, password, stop };
}

async function isReady(baseUrl) {
  try {
    return (await fetch(`${baseUrl}/health/ready`)).ok;
  } catch {
    return false;
  }
}
