// From dropping a photo on the page to its enlarged picture on the screen, against the command line's time for the same
// job, in turns. Needs Chromium (Debian: chromium) and Node 20 or newer; talks to Chromium's debugging port.
//
//   dotnet build -c Release src/SuperRes.Cli
//   node --experimental-websocket bench/studio/drop.mjs PHOTO [MODEL [ROUNDS]]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [photo, model = 'espcn-x4', rounds = '7'] = process.argv.slice(2);
const program = 'src/SuperRes.Cli/bin/Release/net10.0/SuperRes.Cli.dll';
const [port, debugPort] = [5334, 9333];
const folder = mkdtempSync(join(tmpdir(), 'superres-drop-'));
const sleep = ms => new Promise(done => setTimeout(done, ms));
const median = times => [...times].sort((a, b) => a - b)[times.length >> 1];

function commandLine() {
  const start = performance.now();
  const run = spawnSync('dotnet', [program, 'upscale', photo, '-o', join(folder, 'out.png'), '-m', model, '--overwrite', '-q']);
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return performance.now() - start;
}

async function connect() {
  for (let i = 0; i < 200; i++) {
    try {
      const pages = await (await fetch(`http://127.0.0.1:${debugPort}/json/list`)).json();
      const page = pages.find(target => target.type === 'page');
      if (page) return page.webSocketDebuggerUrl;
    } catch { /* not there yet */ }
    await sleep(100);
  }
  throw new Error('Chromium did not start.');
}

async function openPage() {
  const socket = new WebSocket(await connect());
  await new Promise(open => { socket.onopen = open; });
  const waiting = new Map();
  let last = 0;
  socket.onmessage = message => {
    const answer = JSON.parse(message.data);
    waiting.get(answer.id)?.(answer);
  };
  const send = (method, params = {}) => new Promise(done => {
    waiting.set(++last, done);
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  return { send, async evaluate(expression) {
    const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (result.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
    return result.result.value;
  } };
}

// Runs in the page: the clock starts with the drop and stops two frames after the picture is shown.
async function dropInPage(name, base64) {
  const choice = [...document.querySelectorAll('.view:not([hidden]) select')].find(select => [...select.options].some(option => option.value === name));
  choice.value = name;
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], 'photo.png'));
  const start = performance.now();
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
  await new Promise((shown, failed) => {
    const look = () => document.querySelector('.stage[data-shown]') && (observer.disconnect(), shown());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, attributes: true, childList: true });
    setTimeout(() => failed(new Error('No picture within 60 s.')), 60000);
  });
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return { ms: performance.now() - start, width: Math.max(...[...document.querySelectorAll('.stage img')].map(image => image.naturalWidth)) };
}

async function drop(page, base64) {
  await page.send('Page.navigate', { url: 'about:blank' });
  await page.send('Page.navigate', { url: `http://localhost:${port}/` });
  while (!await page.evaluate(`!!document.querySelector('html[data-ready]')`)) await sleep(50);
  return page.evaluate(`(${dropInPage})(${JSON.stringify(model)}, ${JSON.stringify(base64)})`);
}

const server = spawn('dotnet', [program, 'studio', '--port', port, '-q', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
const chromium = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', `--remote-debugging-port=${debugPort}`, `--user-data-dir=${join(folder, 'chromium')}`, 'about:blank'], { stdio: 'ignore' });
try {
  await new Promise(ready => server.stdout.once('data', ready));
  const page = await openPage();
  const base64 = readFileSync(photo).toString('base64');
  const first = await drop(page, base64);
  commandLine();
  const [lines, drops] = [[], []];
  for (let round = 0; round < Number(rounds); round++) {
    lines.push(commandLine());
    drops.push((await drop(page, base64)).ms);
  }
  const text = times => `${times.map(Math.round).join(' ')}; median ${Math.round(median(times))} ms`;
  console.log(`${model}, picture ${first.width} pixels wide`);
  console.log(`first drop on a new server: ${Math.round(first.ms)} ms`);
  console.log(`command line: ${text(lines)}`);
  console.log(`drop to picture: ${text(drops)}`);
  console.log(`median of the rounds' ratios: ${median(drops.map((ms, i) => ms / lines[i])).toFixed(2)}`);
} finally {
  chromium.kill();
  server.kill();
  await sleep(1000);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
