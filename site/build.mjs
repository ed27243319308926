// Writes the documentation as a static site: node build.mjs --root CHECKOUT --to FOLDER. A folder "api" in FOLDER is linked and checked
// too. Ends with status 1 if a page is missing in the navigation or a link is broken.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import MiniSearch from 'minisearch';
import { brokenLinks } from './check.mjs';
import { layout } from './layout.mjs';
import { createMarkdown } from './markdown.mjs';
import { address, navigation, readPages, target } from './pages.mjs';

const SEARCHED = { fields: ['page', 'title', 'text'], storeFields: ['page', 'title', 'address'] };
const here = fileURLToPath(new URL('.', import.meta.url));
const { values: options } = parseArgs({ options: { root: { type: 'string' }, to: { type: 'string' } } });
if (!options.to) {
  console.error('usage: node build.mjs [--root CHECKOUT] --to FOLDER');
  process.exit(2);
}
const root = resolve(options.root ?? join(here, '..'));
const folder = resolve(options.to);

const markdown = createMarkdown();
const { pages, faults } = readPages(root, markdown);
const { sections, faults: unlisted } = navigation(pages);
faults.push(...unlisted);
const site = { pages, sections, api: existsSync(join(folder, 'api', 'index.html')) };

for (const page of pages.values()) {
  if (page.kind === 'image') copyTo(join(root, page.file), page.file);
  else write(address(page.file), layout({ page, body: bodyOf(page), site }));
}
for (const asset of ['style.css', 'theme.js', 'site.js', 'icon.svg']) copyTo(join(here, 'assets', asset), `assets/${asset}`);
copyTo(join(dirname(createRequire(import.meta.url).resolve('minisearch')), '../umd/index.js'), 'assets/minisearch.js');
write('assets/search-index.js', `window.searchIndex = ${JSON.stringify(JSON.stringify(searchIndex()))};\nwindow.searchOptions = ${JSON.stringify(SEARCHED)};\n`);

faults.push(...brokenLinks(folder));
for (const fault of faults) console.error(fault);
console.log(`${pages.size} pages, ${faults.length} faults: ${folder}`);
process.exit(faults.length === 0 ? 0 : 1);

function bodyOf(page) {
  return page.kind === 'source' ? `<h1>${page.file}</h1>\n${markdown.source(page.text, page.file)}` : markdown.render(page.text, (link) => {
    const to = target(page.file, link);
    if (to === undefined) return link;
    const file = pages.has(posix.join(to.file, 'README.md')) ? posix.join(to.file, 'README.md') : to.file;
    const path = posix.relative(dirname(address(page.file)), address(file));
    return to.anchor === '' ? path : `${path}#${to.anchor}`;
  });
}

function searchIndex() {
  const index = new MiniSearch(SEARCHED);
  let id = 0;
  for (const page of pages.values()) {
    for (const section of page.sections ?? []) {
      if (section.title === '' && section.text === '') continue;
      const anchor = section.level === 1 ? '' : `#${section.id}`;
      index.add({ id: id++, page: page.title, title: section.title, text: section.text, address: address(page.file) + anchor });
    }
  }
  return index;
}

function copyTo(from, path) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(from, join(folder, path));
}

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
