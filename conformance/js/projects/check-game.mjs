// Plays a match of examples/game against its Bot, which this script starts, and checks each board:
//   node check-game.mjs <url> <java>
// Waits 90 s at most for the server to start.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';

const [url, java] = process.argv.slice(2);
const deadline = Date.now() + 90_000;
let bot;

function end(reason) {
  bot?.kill();
  if (reason) console.error(`${url}: ${reason}`);
  process.exit(reason ? 1 : 0);
}

for (;;) {
  try {
    const page = await fetch(`${url}/`);
    if (page.status !== 200 || !(await page.text()).includes('Noughts and crosses')) end('the page is another one');
    break;
  } catch (error) {
    if (Date.now() > deadline) end(`no page: ${error.cause ?? error}`);
    await pause(200);
  }
}

setTimeout(() => end('the match does not end in 60 s'), 60_000).unref();
bot = spawn(java, ['-cp', 'target/classes:target/lib/*', 'Bot', url], { stdio: ['ignore', 'inherit', 'inherit'] });
const socket = io(url, { timeout: 20_000 });
const boards = [];
// The bot takes the first free cell, this player a diagonal: it wins with its third move, also if the bot begins.
const plan = [4, 2, 6];
socket.on('connect', () => socket.emit('play'));
socket.on('board', (board, next, mark) => {
  boards.push(board);
  if (next !== socket.id) return;
  const cell = plan.find((wanted) => board[wanted] === '-');
  socket.emit('move', 9); // no cell: ignored
  socket.emit('move', cell);
  socket.emit('move', cell); // a second move: ignored
  console.log(`${mark} takes ${cell} of ${board}`);
});
socket.on('over', (winner) => {
  const grown = boards.every((board, i) => i === 0 || count(board) === count(boards[i - 1]) + 1);
  if (boards[0] !== '---------' || !grown) end(`the boards are ${boards}`);
  if (winner !== socket.id) end(`the winner is ${winner} after ${boards}`);
  socket.close();
  end();
});

function count(board) {
  return [...board].filter((cell) => cell !== '-').length;
}
