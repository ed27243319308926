// Samples of docs/guide/events.md.

export function typed({ io, console }) {
  // docs: events-typed-client
  const socket = io('http://localhost:8080');

  socket.on('moved', (id, move) => console.log('moved', move.piece, move.x, move.y));
  socket.on('renamed', (from, to) => console.log(from, 'is now', to));
  socket.on('tagged', (count) => console.log(count, 'tags'));
  socket.emit('move', { piece: 'king', x: 4, y: 1 });
  socket.emit('rename', 'Bob', 'Robert');
  socket.emit('tags', ['a', 'b', 'c']);
  // docs: end
}

export async function acks({ io, console }) {
  // docs: acks-client
  const socket = io('http://localhost:8080');

  console.log(await socket.emitWithAck('add', 3, 4)); // 7
  console.log(await socket.timeout(5000).emitWithAck('number', 'Ada')); // number of Ada
  socket.emit('size', (width, height) => console.log(width, height)); // 8 5
  // docs: end
}

export async function timeout({ io, console }) {
  // docs: acks-timeout
  const socket = io('http://localhost:8080');

  socket.timeout(1000).emit('add', 'three', 4, (error, sum) => {
    console.log(error ? 'not answered' : sum); // not answered
  });
  // docs: end
}

export async function errors({ io, console }) {
  // docs: acks-errors
  const socket = io('http://localhost:8080');

  const answer = await socket.emitWithAck('add', 'three', 4);
  if (answer.error) {
    console.log(answer.error, answer.message);
  }
  // docs: end
}

export function scored({ io }) {
  // docs: calls-all-client
  const socket = io('http://localhost:8080');

  socket.on('your score?', (answer) => answer(5, { best: 8 }));
  // docs: end
}

export function called({ io }) {
  // docs: calls-client
  const socket = io('http://localhost:8080');

  socket.on('your name?', (answer) => answer('Ada'));
  // docs: end
}

export function player({ io }) {
  // docs: calls-broadcast-client
  const socket = io('http://localhost:8080', { query: { room: 'players' } });

  socket.on('ready?', (answer) => answer(true));
  // docs: end
}
