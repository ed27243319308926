// The chat with client 0.6. Received data is added to the page as text, never as markup.
(function () {

  var builds = ['0.6', '0.6.1', '0.6.2', '0.6.3'],
      transports = ['websocket', 'flashsocket', 'xhr-polling', 'jsonp-polling', 'htmlfile', 'xhr-multipart'],
      gone = ['htmlfile', 'xhr-multipart'],
      build = choice('build', builds) || '0.6.3',
      transport = choice('transport', transports),
      ownIds = {},
      socket;

  /** Returns a query parameter if it has one of the offered values. */
  function choice(name, offered) {
    var match = new RegExp('[?&]' + name + '=([^&#]*)').exec(location.search), i;
    for (i = 0; match && i < offered.length; i++) {
      if (offered[i] === match[1]) return offered[i];
    }
    return null;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function put(id, words) {
    byId(id).textContent = words;
  }

  function showState(name) {
    byId('state').setAttribute('data-state', name);
    put('state', name);
    byId('send').disabled = name !== 'connected';
  }

  function showTransport() {
    put('transport', socket.transport ? socket.transport.type : 'nothing');
  }

  function line(className) {
    var p = document.createElement('p');
    p.className = className;
    byId('log').appendChild(p);
    return p;
  }

  function span(parent, name, className, words) {
    var child = document.createElement(name);
    child.className = className;
    child.textContent = words;
    parent.appendChild(child);
  }

  function showMessage(id, words) {
    var own = ownIds.hasOwnProperty('id ' + id), p = line(own ? 'message own' : 'message');
    p.setAttribute('data-id', id);
    span(p, 'b', 'who', own ? 'you' : id);
    p.appendChild(document.createTextNode(': '));
    span(p, 'span', 'text', words);
  }

  /** Most messages are text; other values are shown as JSON. */
  function words(said) {
    return typeof said === 'string' ? said : JSON.stringify(said);
  }

  function show(message) {
    if (message && message.message) showMessage(String(message.message[0]), words(message.message[1]));
    else if (message && message.announcement) line('announcement').textContent = String(message.announcement);
  }

  function receive(message) {
    var i;
    if (message && message.buffer) {
      byId('log').textContent = '';
      for (i = 0; i < message.buffer.length; i++) show(message.buffer[i]);
    } else {
      show(message);
    }
    toEnd();
  }

  function toEnd() {
    byId('log').scrollTop = 1000000;
  }

  function ownId() {
    return socket.transport.sessionid;
  }

  function connected() {
    ownIds['id ' + ownId()] = true;
    put('me', ownId());
    showTransport();
    showState('connected');
  }

  /** If a policy forbids the evaluation of strings, the client fails while it loads and has no constructor. */
  function failed() {
    showState('disconnected');
    put('transport', 'nothing: the client did not load');
  }

  function failedWithout(what) {
    showState('disconnected');
    put('transport', 'nothing: this browser has no ' + what);
  }

  function start() {
    if (!window.io || !io.Socket) return failed();
    socket = new io.Socket(null, {
      port: location.port,
      rememberTransport: false,
      transports: transport ? [transport] : ['websocket', 'xhr-polling', 'jsonp-polling']
    });
    if (!socket.transport) return failedWithout(transport === 'flashsocket' ? 'Flash' : transport);
    socket.on('connect', connected);
    socket.on('message', receive);
    socket.on('disconnect', function () { showState('disconnected'); });

    // Only the later builds emit these events, and only 0.6.3 reconnects by itself.
    socket.on('connecting', function () { showTransport(); showState('connecting'); });
    socket.on('reconnecting', function () { showState('connecting'); });
    socket.on('reconnect', connected);
    socket.on('connect_failed', function () { if (!socket.reconnecting) showState('disconnected'); });
    socket.on('reconnect_failed', function () { showState('disconnected'); });

    socket.connect();
    showTransport();
  }

  byId('form').onsubmit = function () {
    var words = byId('text').value;
    if (socket && socket.connected && words !== '') {
      socket.send(words);
      showMessage(ownId(), words);
      toEnd();
      byId('text').value = '';
    }
    byId('text').focus();
    return false;
  };

  function client() {
    return '/socket.io/' + build + '/socket.io.js';
  }

  /** Loads the scripts one after the other, then starts the chat. */
  function load(sources) {
    var script = document.createElement('script');
    script.src = sources[0];
    script.onload = function () { if (sources.length > 1) load(sources.slice(1)); else start(); };
    script.onerror = failed;
    document.body.appendChild(script);
  }

  // The client replaces a missing WebSocket by Flash.
  if (transport === 'flashsocket') window.WebSocket = undefined;
  put('build', build);
  // Not before the page is loaded: a pending poll script, or an endless page in a frame, would keep it loading.
  window.onload = function () {
    setTimeout(function () { load(choice('transport', gone) ? ['2010-browser.js', client()] : [client()]); }, 0);
  };

})();
