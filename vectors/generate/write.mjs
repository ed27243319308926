import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const vectors = dirname(here);
export const require = createRequire(import.meta.url);

/** Writes one vector per line, in ASCII, after a first element that names the source of the file. */
export function write(file, packages, note, list) {
  const generatedBy = Object.fromEntries(packages.map((name) => [name, versionOf(name)]));
  const names = new Set();
  for (const { name } of list) {
    if (names.has(name)) throw new Error(`${file}: two vectors are called "${name}"`);
    names.add(name);
  }
  const lines = [{ generatedBy, note }, ...list].map((element) => ascii(JSON.stringify(element)));
  const path = join(vectors, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${file}: ${list.length} vectors`);
}

const versionOf = (name) => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version;

const ascii = (json) =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const binary = (...bytes) => Buffer.from(bytes);

/** Returns the value with binary data as {"base64":"…"}, and NaN and Infinity, which JSON does not have, as their names. */
export function plain(value) {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (Buffer.isBuffer(value)) return { base64: value.toString('base64') };
  if (Array.isArray(value)) return Array.from(value, plain);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]));
}
