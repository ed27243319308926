// Replaces features of older browsers that client 0.6 needs for two of its transports: Internet Explorer's
// ActiveXObject('htmlfile'), and Firefox's XMLHttpRequest with parts. Loaded before the client, and only for these two
// transports. The client and the bytes from the server are unchanged.
(function () {
  'use strict';

  /** A separate document: that of a hidden frame. */
  window.ActiveXObject = function (name) {
    if (name !== 'htmlfile') throw new Error('no such object: ' + name);
    const frame = document.createElement('iframe');
    frame.style.display = 'none';
    document.body.appendChild(frame);
    frame.contentDocument.parentWindow = frame.contentWindow;
    return frame.contentDocument;
  };
  window.attachEvent = (name, listener) => window.addEventListener(name.replace(/^on/, ''), listener);
  window.CollectGarbage = () => {};

  const open = XMLHttpRequest.prototype.open;
  const send = XMLHttpRequest.prototype.send;
  const abort = XMLHttpRequest.prototype.abort;
  const targets = new WeakMap();
  const readers = new WeakMap();

  XMLHttpRequest.prototype.multipart = false;

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    targets.set(this, url);
    return open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (body) {
    if (this.multipart) readParts(this);
    else send.call(this, body);
  };

  XMLHttpRequest.prototype.abort = function () {
    if (readers.has(this)) readers.get(this).abort();
    else abort.call(this);
  };

  /** Reports each part, from boundary to boundary, as a complete response. */
  async function readParts(request) {
    const reader = new AbortController();
    readers.set(request, reader);
    try {
      const answer = await fetch(targets.get(request), { signal: reader.signal });
      let rest = '';
      for await (const text of texts(answer.body)) {
        const parts = (rest + text).split('--socketio\n');
        rest = parts.pop();
        for (const part of parts) {
          const head = part.indexOf('\n\n');
          if (head >= 0) tell(request, answer.status, part.slice(head + 2, -1));
        }
      }
    } catch (lost) {
      if (reader.signal.aborted) return;
    }
    tell(request, 0, '');
  }

  async function* texts(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  }

  /** The earlier builds read a part at state 3, the later ones at state 4. */
  function tell(request, status, text) {
    for (const readyState of [3, 4]) {
      const seen = { readyState, status, responseText: text };
      for (const name of Object.keys(seen)) Object.defineProperty(request, name, { value: seen[name], configurable: true });
      if (request.onreadystatechange) request.onreadystatechange();
    }
  }
})();
