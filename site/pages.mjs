// The pages of the site: the Markdown files of the documentation and those that they link to, and their order in the navigation.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const IMAGE = /\.(svg|png)$/;
const EXTERNAL = /^[a-z]+:/;

// The page that the navigation is read from: its sections, and the links in them.
const INDEX = 'docs/README.md';
const HOME = 'README.md';

// Returns the address of a page below the root of the site.
export function address(file) {
  if (IMAGE.test(file)) return file;
  if (!file.endsWith('.md')) return `source/${file}.html`;
  return file.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
}

// Returns the file that a link of another file leads to, and its anchor; nothing for a link to another site.
export function target(from, link) {
  if (EXTERNAL.test(link)) return undefined;
  const [path, anchor = ''] = link.split('#');
  const file = path === '' ? from : posix.normalize(posix.join(dirname(from), decodeURI(path))).replace(/\/$/, '');
  return { file, anchor };
}

// Reads all pages of a checkout: README, the documentation, and the files that they link to.
export function readPages(root, markdown) {
  const pages = new Map();
  const faults = [];
  const waiting = [HOME, ...below(root, 'docs').filter((file) => file.endsWith('.md'))];
  while (waiting.length > 0) {
    const file = waiting.shift();
    if (pages.has(file)) continue;
    const page = read(root, file, markdown);
    pages.set(file, page);
    for (const link of page.links) {
      const to = target(file, link);
      if (to === undefined) continue;
      if (existsSync(join(root, to.file, 'README.md'))) to.file = posix.join(to.file, 'README.md');
      if (to.file.startsWith('..') || !existsSync(join(root, to.file))) {
        faults.push(`${file}: ${link} leads to no file`);
      } else if (statSync(join(root, to.file)).isDirectory()) {
        faults.push(`${file}: ${link} leads to a folder without README.md`);
      } else {
        waiting.push(to.file);
      }
    }
  }
  return { pages, faults };
}

function below(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? below(root, path) : [path];
    });
}

function read(root, file, markdown) {
  if (IMAGE.test(file)) return { file, kind: 'image', title: file, links: [] };
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.md')) return { file, kind: 'source', title: file, text, links: [] };
  return { file, kind: 'markdown', text, ...markdown.outline(text) };
}

// Returns the sections of the navigation, {title, pages: [{file, children}]}, and a fault for each page that is in none.
export function navigation(pages) {
  const faults = [];
  const seen = new Set([HOME, INDEX]);
  const sections = pages.get(INDEX).sections.filter((section) => section.level === 2).map((section) => ({
    title: section.title,
    pages: section.links.map((link) => target(INDEX, link)?.file).filter((file) => {
      const isNew = pages.get(file)?.kind === 'markdown' && !seen.has(file);
      seen.add(file);
      return isNew;
    }).map((file) => ({ file, children: [] })),
  })).filter((section) => section.pages.length > 0);

  const entries = new Map(sections.flatMap((section) => section.pages).map((entry) => [entry.file, entry]));
  const outside = [];
  for (const page of pages.values()) {
    if (page.kind !== 'markdown' || seen.has(page.file)) continue;
    const parent = parentOf(page.file, entries, pages);
    if (parent !== undefined) parent.children.push(page.file);
    else if (page.file.startsWith('docs/')) faults.push(`${page.file}: neither ${INDEX} nor the README.md of its folder links to it`);
    else outside.push({ file: page.file, children: [] });
  }
  if (outside.length > 0) sections.push({ title: 'In the repository', pages: outside });
  return { sections, faults };
}

// Returns the entry of the nearest README.md that links to a page.
function parentOf(file, entries, pages) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const entry = entries.get(`${folder}/README.md`);
    if (entry !== undefined && pages.get(entry.file).links.some((link) => target(entry.file, link)?.file === file)) return entry;
  }
  return undefined;
}
