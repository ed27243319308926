// Checks the links of a finished site: each leads to a file of the site, and each anchor of the documentation to an element.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LINK = /<[a-z]+\b[^>]*?\s(?:href|src)="([^"]*)"/g;
const ID = /\s(?:id|name)="([^"]*)"/g;

// The pages of Javadoc, whose tool has checked its own anchors; some of its overviews have anchors that lead nowhere.
const JAVADOC = /^api\//;
const EXTERNAL = /^(?:[a-z]+:|\/\/)/;

// Returns a fault for each broken link below a folder.
export function brokenLinks(folder) {
  const ids = new Map();
  const faults = [];
  for (const file of htmlFiles(folder)) {
    for (const [, link] of readFileSync(file, 'utf8').matchAll(LINK)) {
      if (!EXTERNAL.test(link)) check(file, link.replaceAll('&amp;', '&'));
    }
  }
  return faults;

  function check(file, link) {
    const [path, anchor] = link.split('#');
    let to = path === '' ? file : join(dirname(file), decodeURI(path.split('?')[0]));
    if (existsSync(to) && statSync(to).isDirectory()) to = join(to, 'index.html');
    if (!existsSync(to)) {
      faults.push(`${relative(folder, file)}: ${link} leads to no file`);
    } else if (anchor && to.endsWith('.html') && !JAVADOC.test(relative(folder, file)) && !idsOf(to).has(decodeURIComponent(anchor))) {
      faults.push(`${relative(folder, file)}: ${link} leads to no element`);
    }
  }

  function idsOf(file) {
    if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(ID)].map(([, id]) => decodeEntities(id))));
    return ids.get(file);
  }
}

function decodeEntities(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function htmlFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return htmlFiles(path);
    return entry.name.endsWith('.html') ? [path] : [];
  });
}
