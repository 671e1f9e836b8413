// What a browser loads from the sign-in until the overview is there and live, as far as the bundle tells: the journey
// first-load measures it. Fails over the budget, in whichever language.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { BUDGET, LOADED_IN } from './first-load.mjs';

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** By the file it begins with or, where the bundler wants no such file, by its name. */
function chunkOf(key) {
  const named = () => Object.values(manifest).filter(({ name }) => name === key);
  const [chunk, ...others] = key in manifest ? [manifest[key]] : named();
  if (chunk === undefined || others.length > 0) throw new Error(`${key} is not once in the manifest: was dist built?`);
  return chunk;
}

function add(files, key) {
  const chunk = chunkOf(key);
  if (files.has(chunk.file)) return;
  files.set(chunk.file, gzipSync(readFileSync(`dist/${chunk.file}`), { level: 9 }).length);
  for (const imported of chunk.imports ?? []) add(files, imported);
}

for (const [language, loaded] of Object.entries(LOADED_IN)) {
  const files = new Map();
  for (const key of loaded) add(files, key);
  let total = 0;
  for (const [file, size] of [...files].sort((a, b) => b[1] - a[1])) {
    total += size;
    console.log(`${String(size).padStart(8)}  ${file}`);
  }
  console.log(`${String(total).padStart(8)}  first load in ${language}, JavaScript, gzip (budget ${BUDGET})\n`);
  if (total > BUDGET) {
    console.error(`over the budget by ${total - BUDGET} bytes`);
    process.exitCode = 1;
  }
}
