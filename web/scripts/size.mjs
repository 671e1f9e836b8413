// What a browser loads from the sign-in until the overview is there and live, as far as the bundle tells: the journey
// first-load measures it. Fails over the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { BUDGET, LOADED } from './first-load.mjs';

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

const files = new Map();
function add(key) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`${key} is not in the manifest: was dist built?`);
  if (files.has(chunk.file)) return;
  files.set(chunk.file, gzipSync(readFileSync(`dist/${chunk.file}`), { level: 9 }).length);
  for (const imported of chunk.imports ?? []) add(imported);
}
LOADED.forEach(add);

let total = 0;
for (const [file, size] of [...files].sort((a, b) => b[1] - a[1])) {
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load, JavaScript, gzip (budget ${BUDGET})`);
if (total > BUDGET) {
  console.error(`over the budget by ${total - BUDGET} bytes`);
  process.exit(1);
}
