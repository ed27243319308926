// The colours, the navigation on small screens, the search, and buttons that copy code.
const root = document.currentScript.dataset.root;
const byId = (id) => document.getElementById(id);

byId('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
});

byId('menu').addEventListener('click', () => {
  const open = document.body.classList.toggle('menu-open');
  byId('menu').setAttribute('aria-expanded', open);
});

// Scrolls the navigation only; scrollIntoView would scroll the page, too.
const navigation = document.querySelector('nav');
const current = navigation.querySelector('[aria-current]');
if (current) navigation.scrollTop = current.offsetTop - navigation.clientHeight / 2;

for (const block of document.querySelectorAll('main pre')) {
  const button = document.createElement('button');
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
  });
  block.append(button);
}

// The index is loaded when the search is used for the first time. Scripts work in pages from the disk, too.
let index;
function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${root}assets/${name}`;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
async function createIndex() {
  await Promise.all([load('minisearch.js'), load('search-index.js')]);
  return MiniSearch.loadJSON(window.searchIndex, window.searchOptions);
}

// The guide comes before reasons, tables of tests, and figures.
function weight(id, term, { address }) {
  if (/^docs\/guide\/|^index/.test(address)) return 3;
  return /decisions|benchmarks|-states|suites/.test(address) ? 0.5 : 1;
}

const found = byId('found');
byId('search').addEventListener('input', async (event) => {
  index ??= createIndex();
  const search = await index;
  const text = event.target.value.trim();
  const results = text.length < 2 ? []
    : search.search(text, { prefix: true, fuzzy: 0.15, combineWith: 'AND', boost: { page: 3, title: 4 }, boostDocument: weight })
      .slice(0, 12);
  found.replaceChildren(...results.map((result) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = root + result.address;
    link.textContent = result.title || result.page;
    if (result.title && result.title !== result.page) {
      const page = document.createElement('small');
      page.textContent = result.page;
      link.append(page);
    }
    item.append(link);
    return item;
  }));
  if (text.length >= 2 && results.length === 0) {
    const item = document.createElement('li');
    item.textContent = 'Nothing found';
    found.append(item);
  }
  found.hidden = text.length < 2;
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/input|textarea/i.test(document.activeElement.tagName)) {
    event.preventDefault();
    byId('search').focus();
  } else if (event.key === 'Escape') {
    found.hidden = true;
  }
});
document.addEventListener('click', (event) => {
  if (!event.target.closest('.search')) found.hidden = true;
});
