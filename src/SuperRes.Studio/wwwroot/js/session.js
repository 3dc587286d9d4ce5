import * as api from './api.js';

/** What the server said about itself: models, formats, limits. Filled once by `start`. */
export let info = null;

const storageKey = 'superres-session';
const items = [];
const images = new Map();
const events = new EventTarget();
const sending = { active: 0, waiting: [] };

export const onChange = handler => events.addEventListener('change', handler);
const changed = () => { save(); events.dispatchEvent(new Event('change')); };

// How far work is comes many times a second from many jobs: one look at it all does.
let telling = null;
const progressed = () => {
  telling ??= setTimeout(() => {
    telling = null;
    events.dispatchEvent(new Event('change'));
  }, 100);
};

export const queue = () => items;
export const uploads = () => [...images.values()];

/** Notes that the server no longer has a picture. */
export const forgetUpload = id => images.delete(id) && changed();
export const model = name => info.models.find(candidate => candidate.name === name);

/** Reads what the server offers, and finds the pictures and jobs of this tab again after a reload. */
export async function start() {
  info = await api.get('/info');
  let saved = [];
  try {
    saved = JSON.parse(sessionStorage.getItem(storageKey)) ?? [];
  } catch { /* Storage may be forbidden or hold something else. */ }
  await Promise.all(saved.map(restore));
  items.sort((a, b) => a.order - b.order);
  for (const item of items) if (!item.job) begin(item);
  changed();
}

async function restore({ image, job, settings, order }) {
  try {
    const found = images.get(image) ?? await api.get(`/images/${image}`);
    images.set(image, found);
    if (!settings) return;
    const item = { key: ++keys, order, name: found.name, image: found, settings, state: 'queued', share: 0, message: null, job: null };
    if (!job) return void items.push(item);
    item.job = await api.get(`/jobs/${job}`);
    items.push(item);
    apply(item, item.job);
    if (!api.isEnded(item.job)) api.watchJob(job, next => follow(item, next));
  } catch { /* The server was started again since; its pictures are gone. */ }
}

function save() {
  // What the queue had no place for yet waits on this side, and is asked for again.
  const kept = items.filter(item => item.job || (item.image && item.state === 'queued'))
    .map((item, order) => ({ image: item.image.id, job: item.job?.id, settings: item.settings, order }));
  const held = new Set(kept.map(entry => entry.image));
  const alone = [...images.keys()].filter(id => !held.has(id)).map(image => ({ image }));
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...kept, ...alone]));
  } catch { /* Then a reload starts afresh. */ }
}

let keys = 0;

/** Sends files and starts a job for each. Answers the items, which change as work goes on. */
export function enqueue(files, settings) {
  const added = [...files].map(file => {
    const item = { key: ++keys, name: file.name || 'pasted.png', file, settings, state: 'sending', share: 0, message: null, image: null, job: null };
    items.push(item);
    return item;
  });
  for (const item of added) run(item);
  changed();
  return added;
}

/** Starts another job on a picture that the server already has. */
export function enqueueImage(image, settings) {
  const item = { key: ++keys, name: image.name, settings, state: 'queued', share: 0, message: null, image, job: null };
  items.push(item);
  begin(item);
  changed();
  return item;
}

async function run(item) {
  try {
    item.image = await sendFile(item.file, share => { item.share = share; progressed(); }, item);
  } catch (error) {
    if (item.state !== 'cancelled') end(item, 'failed', error.message);
  } finally {
    item.file = null;
  }
  if (item.state !== 'sending') return;
  item.share = 0;
  item.state = 'queued';
  changed();
  await begin(item);
}

/** Sends one picture; at most two travel at a time. Refuses what the server would, before its bytes travel. */
export async function sendFile(file, onProgress, item = {}) {
  if (file.size === 0) throw new Error('The file is empty.');
  if (file.size > info.limits.bytes) {
    throw new Error(`The file has ${(file.size / 1e6).toFixed(1)} MB; this server takes at most ${(info.limits.bytes / 1e6).toFixed(0)} MB.`);
  }
  item.abort = new AbortController();
  if (sending.active >= 2) await new Promise(resolve => sending.waiting.push(resolve));
  sending.active++;
  try {
    item.abort.signal.throwIfAborted();
    const image = await api.upload(file, onProgress, item.abort.signal);
    images.set(image.id, image);
    changed();
    return image;
  } finally {
    sending.active--;
    sending.waiting.shift()?.();
  }
}

async function begin(item) {
  try {
    const job = await startJob({ image: item.image.id, ...item.settings }, () => item.state !== 'queued');
    if (!job) return;
    item.job = job;
    if (item.state === 'cancelled') return void api.remove(`/jobs/${job.id}`).catch(() => {});
    apply(item, job);
    if (!api.isEnded(job)) api.watchJob(job.id, next => follow(item, next));
  } catch (error) {
    end(item, 'failed', error.message);
  }
  changed();
}

let turn = Promise.resolve();

/** A full queue is no failure: jobs wait on this side, in their order, and only the first of them asks. */
function startJob(request, abandoned) {
  const mine = turn.then(() => ask(request, abandoned));
  turn = mine.catch(() => {});
  return mine;
}

async function ask(request, abandoned) {
  while (!abandoned()) {
    try {
      return await api.post('/jobs', request);
    } catch (error) {
      if (error.status !== 429 && error.status !== 503) throw error;
      await new Promise(resolve => setTimeout(resolve, 1500));
    }
  }
  return null;
}

function apply(item, job) {
  item.job = { ...item.job, ...job };
  item.state = job.state;
  item.share = job.state === 'done' ? 1 : job.share ?? 0;
  item.message = job.error ?? null;
}

function follow(item, job) {
  const { state } = item;
  apply(item, job);
  if (item.state === state) progressed();
  else changed();
}

function end(item, state, message) {
  item.state = state;
  item.message = message;
  changed();
}

/** Ends an item's work; what is finished or failed is taken out of the queue. */
export async function cancel(item) {
  const working = item.state === 'sending' || item.state === 'queued' || item.state === 'running';
  if (working) {
    end(item, 'cancelled', null);
    item.abort?.abort();
  } else {
    items.splice(items.indexOf(item), 1);
    changed();
  }
  if (item.job) {
    api.unwatchJob(item.job.id);
    await api.remove(`/jobs/${item.job.id}`).catch(() => {});
  }
}

const besides = new Map();
const lost = new Set();
const keyOf = (image, name, scale) => `${image.id} ${name} ${scale}`;

/** The result of another model for the same picture, to compare with: from the queue, or made once. */
export function beside(image, name, scale) {
  const key = keyOf(image, name, scale);
  const same = !lost.has(key) && items.find(item => item.image?.id === image.id && item.state === 'done'
    && item.settings.model === name && item.settings.scale === scale && !item.settings.ensemble);
  if (same) return Promise.resolve(same.job);
  if (!besides.has(key)) {
    const made = api.post('/jobs', { image: image.id, model: name, scale, ensemble: false }).then(finished);
    made.catch(() => besides.delete(key));
    besides.set(key, made);
  }
  return besides.get(key);
}

/** Has `beside` make a result anew when it is next asked for, as the server no longer has this one. */
export function forgetBeside(image, name, scale) {
  const key = keyOf(image, name, scale);
  lost.add(key);
  besides.delete(key);
}

/** Waits for a job's end. */
export function finished(job) {
  return new Promise((resolve, reject) => {
    const settle = next => next.state === 'done' ? resolve(next)
      : api.isEnded(next) && reject(new Error(next.error ?? 'The job was cancelled.'));
    settle(job);
    if (!api.isEnded(job)) api.watchJob(job.id, settle);
  });
}
