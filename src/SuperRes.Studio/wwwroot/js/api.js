import { complain } from './dom.js';

const root = 'api/v1';

/** An answer that was no success; the message is meant for people. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function failure(response) {
  let detail;
  try {
    const problem = await response.json();
    detail = problem.detail || problem.title;
  } catch { /* Not every proxy speaks problem details. */ }
  return new ApiError(response.status, detail || `The server answered ${response.status} ${response.statusText}.`);
}

async function answer(address, init) {
  let response;
  try {
    response = await fetch(address, init);
  } catch {
    throw new ApiError(0, 'The server does not answer. Is “superres studio” still running?');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

async function request(path, init) {
  const response = await answer(`${root}${path}`, init);
  return response.status === 204 || response.headers.get('content-length') === '0' ? null : response.json();
}

export const url = path => `${root}${path}`;
export const get = path => request(path);
export const remove = path => request(path, { method: 'DELETE' });
export const post = (path, body) => request(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** Fails with the server's reason where a file can't be had: a picture or a download that fails gives none. Asks for one byte of it. */
export async function check(address) {
  const response = await answer(address, { headers: { Range: 'bytes=0-0' } });
  await response.body?.cancel();
}

/** Sends a file's bytes; fetch can't tell the progress of a request's body, XMLHttpRequest can. */
export function upload(file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `${root}/images`);
    call.responseType = 'json';
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-File-Name', encodeURIComponent(file.name || 'pasted.png'));
    call.upload.onprogress = event => event.lengthComputable && onProgress?.(event.loaded / event.total);
    call.onload = () => call.status >= 200 && call.status < 300
      ? resolve(call.response)
      : reject(new ApiError(call.status, call.response?.detail || call.response?.title || `The server answered ${call.status}.`));
    call.onerror = () => reject(new ApiError(0, 'The upload broke off. Is “superres studio” still running?'));
    call.onabort = () => reject(new ApiError(0, 'Cancelled.'));
    signal?.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}

/** Listens to server-sent events: handlers by the event's name, each given its JSON. Returns what ends it. A stream that breaks is not taken up again by itself: a browser would try for ever and tell nobody. */
export function listen(path, handlers, onBroken) {
  const source = new EventSource(`${root}${path}`);
  for (const [name, handler] of Object.entries(handlers)) {
    source.addEventListener(name, event => handler(JSON.parse(event.data)));
  }
  source.onerror = () => {
    source.close();
    onBroken();
  };
  return () => source.close();
}

const ended = new Set(['done', 'failed', 'cancelled']);
export const isEnded = job => ended.has(job.state);

// A browser opens six connections to a server. Two may wait for events; the jobs behind them are asked for now and then.
const watched = new Map();
let streams = 0;
let timer = null;
let asked = 0;

// Where a stream is refused the browser doesn't say why, so jobs are asked for until an answer comes: the longer in vain, the more seldom.
const pause = 1500;
const longestPause = 60_000;
let wait = pause;
let refused = false;

/** Tells every change of a job until it has ended. */
export function watchJob(id, onChange) {
  watched.set(id, { onChange, close: null });
  pump();
}

export function unwatchJob(id) {
  const entry = watched.get(id);
  if (!entry) return;
  watched.delete(id);
  if (entry.close) { entry.close(); streams--; }
  pump();
}

function tell(id, job) {
  const entry = watched.get(id);
  if (isEnded(job)) unwatchJob(id);
  entry?.onChange(job);
}

function pump() {
  for (const [id, entry] of watched) {
    if (streams >= 2 || refused || document.hidden) break;
    if (entry.close || entry.refused) continue;
    streams++;
    const each = job => tell(id, job);
    entry.close = listen(`/jobs/${id}/events`, { progress: each, done: each, failed: each, cancelled: each }, () => {
      entry.close = null;
      entry.refused = refused = true;
      streams--;
      pump();
    });
  }
  if (timer === null && watched.size > streams) timer = setTimeout(poll, wait);
}

// The six connections are all tabs' together: the jobs of one that nobody looks at are asked for now and then.
document.addEventListener('visibilitychange', () => {
  for (const entry of watched.values()) {
    if (!document.hidden || !entry.close) continue;
    entry.close();
    entry.close = null;
    streams--;
  }
  pump();
});

async function poll() {
  const rest = [...watched.keys()].filter(id => !watched.get(id).close);
  const turn = rest.slice(asked % Math.max(1, rest.length), asked % Math.max(1, rest.length) + 4);
  asked = rest.length > turn.length ? asked % rest.length + turn.length : 0;
  for (const id of turn) {
    const job = await ask(id);
    if (!job) break;
    tell(id, job);
  }
  timer = null;
  pump();
}

/** How a job stands; failed where the server won't say again, null where it may later. */
async function ask(id) {
  let job;
  try {
    job = await get(`/jobs/${id}`);
  } catch (error) {
    if (error.status === 401 || error.status === 403) return { id, state: 'failed', error: error.message };
    if (error.status !== 404) {
      if (wait === pause) complain(error);
      wait = Math.min(2 * wait, longestPause);
      return null;
    }
    job = { id, state: 'failed', error: 'The server no longer has this job.' };
  }
  wait = pause;
  refused = false;
  return job;
}
