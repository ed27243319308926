// Markdown as HTML: highlighted code, headings with the anchors of GitHub, links between pages.
import hljs from 'highlight.js';
import markdownIt from 'markdown-it';

// Languages of the documents under the names that highlight.js has for them.
const LANGUAGES = { html: 'xml', haproxy: 'properties', docker: 'dockerfile' };

export function createMarkdown() {
  const parser = markdownIt({ html: false, linkify: false, highlight });

  parser.core.ruler.push('anchors', (state) => {
    const used = new Map();
    for (let i = 0; i < state.tokens.length; i++) {
      if (state.tokens[i].type === 'heading_open') {
        state.tokens[i].attrSet('id', unique(slug(plain(state.tokens[i + 1])), used));
      }
    }
  });
  parser.renderer.rules.table_open = () => '<div class="table"><table>\n';
  parser.renderer.rules.table_close = () => '</table></div>\n';

  return {
    // Returns the title, the links and the sections of a document.
    outline(text) {
      const tokens = parser.parse(text, {});
      const sections = [{ title: '', id: '', level: 1, links: [], text: '' }];
      tokens.forEach((token, i) => {
        if (token.type === 'heading_open') {
          sections.push({ title: plain(tokens[i + 1]), id: token.attrGet('id'), level: Number(token.tag[1]), links: [], text: '' });
        } else if (token.type === 'inline' && tokens[i - 1].type !== 'heading_open') {
          const section = sections.at(-1);
          section.text += `${plain(token)}\n`;
          section.links.push(...linksOf(token));
        } else if (token.type === 'fence') {
          sections.at(-1).text += token.content;
        }
      });
      return {
        title: sections.find((section) => section.level === 1 && section.title !== '')?.title ?? 'Untitled',
        links: tokens.filter((token) => token.type === 'inline').flatMap(linksOf),
        ids: sections.map((section) => section.id),
        sections,
      };
    },

    // Returns the HTML of a document; `address` receives each link and returns the one of the site.
    render(text, address) {
      const tokens = parser.parse(text, {});
      for (const token of tokens.flatMap((each) => each.children ?? [])) {
        const name = { link_open: 'href', image: 'src' }[token.type];
        if (name !== undefined) token.attrSet(name, address(token.attrGet(name)));
      }
      return parser.renderer.render(tokens, parser.options, {});
    },

    source(text, file) {
      const language = file.split('.').at(-1);
      return `<pre><code>${highlight(text, language)}</code></pre>`;
    },
  };
}

function highlight(code, language) {
  const name = LANGUAGES[language] ?? language;
  return hljs.getLanguage(name) ? hljs.highlight(code, { language: name }).value : escapeHtml(code);
}

function linksOf(inline) {
  return inline.children.flatMap((token) => {
    if (token.type === 'link_open') return [token.attrGet('href')];
    return token.type === 'image' ? [token.attrGet('src')] : [];
  });
}

function plain(inline) {
  return inline.children.map((token) => (token.type === 'softbreak' ? ' ' : token.content)).join('');
}

// As GitHub does, so that a link to a heading works there and here.
function slug(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}

function unique(id, used) {
  const count = used.get(id) ?? 0;
  used.set(id, count + 1);
  return count === 0 ? id : `${id}-${count}`;
}

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}
