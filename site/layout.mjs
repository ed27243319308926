// The frame of a page: header, navigation, contents, the neighbours in the navigation.
import { dirname, posix } from 'node:path';
import { escapeHtml } from './markdown.mjs';
import { address } from './pages.mjs';

// Returns a whole page of the site.
export function layout({ page, body, site }) {
  const here = address(page.file);
  const to = (path) => posix.relative(dirname(here), path) || posix.basename(here);
  const title = page.file === 'README.md' ? 'Everwire, a Socket.IO server for the JVM' : `${page.title} – Everwire`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${to('assets/style.css')}">
<link rel="icon" href="${to('assets/icon.svg')}">
<script src="${to('assets/theme.js')}"></script>
<script src="${to('assets/site.js')}" defer data-root="${to('index.html').replace(/index\.html$/, '') || './'}"></script>
</head>
<body>
<header>
<button id="menu" aria-label="Navigation" aria-expanded="false">☰</button>
<a class="home" href="${to('index.html')}">Everwire</a>
<div class="search" role="search">
<input id="search" type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off">
<ol id="found" hidden></ol>
</div>
<a href="${to('docs/index.html')}">Guide</a>
${site.api ? `<a href="${to('api/index.html')}">API</a>` : ''}
<button id="theme" aria-label="Dark or light colours">◐</button>
</header>
<div class="columns">
<nav aria-label="Pages">
${site.sections.map((section) => sectionHtml(section, page, site, to)).join('\n')}
</nav>
<main>
${body}
${neighbours(page, site, to)}
</main>
${contents(page)}
</div>
</body>
</html>
`;
}

function sectionHtml(section, page, site, to) {
  const entries = section.pages.map((entry) => {
    const children = entry.children.length === 0 ? '' : childrenHtml(entry, page, site, to);
    return `<li>${linkTo(entry.file, page, site, to)}${children}</li>`;
  });
  return `<h2>${escapeHtml(section.title)}</h2>\n<ul>\n${entries.join('\n')}\n</ul>`;
}

// The pages below a README.md are shown if it or one of them is open.
function childrenHtml(entry, page, site, to) {
  const open = entry.file === page.file || entry.children.includes(page.file);
  const items = entry.children.map((file) => `<li>${linkTo(file, page, site, to)}</li>`);
  return `\n<details${open ? ' open' : ''}><summary>${entry.children.length} ${entry.children.length === 1 ? 'page' : 'pages'}</summary><ul>\n${items.join('\n')}\n</ul></details>`;
}

function linkTo(file, page, site, to) {
  const current = file === page.file ? ' aria-current="page"' : '';
  return `<a href="${to(address(file))}"${current}>${escapeHtml(site.pages.get(file).title)}</a>`;
}

function neighbours(page, site, to) {
  const order = site.sections.flatMap((section) => section.pages).map((entry) => entry.file);
  const at = order.indexOf(page.file);
  if (at < 0) return '';
  const [before, after] = [order[at - 1], order[at + 1]];
  const link = (file, rel, text) => (file === undefined ? '<span></span>'
    : `<a rel="${rel}" href="${to(address(file))}">${text.replace('…', escapeHtml(site.pages.get(file).title))}</a>`);
  return `<footer>${link(before, 'prev', '← …')}${link(after, 'next', '… →')}</footer>`;
}

// The headings of a page, if it has several.
function contents(page) {
  const headings = (page.sections ?? []).filter((section) => section.level === 2);
  if (headings.length < 2) return '<aside></aside>';
  const items = headings.map((section) => `<li><a href="#${section.id}">${escapeHtml(section.title)}</a></li>`);
  return `<aside aria-label="On this page"><h2>On this page</h2><ul>\n${items.join('\n')}\n</ul></aside>`;
}
