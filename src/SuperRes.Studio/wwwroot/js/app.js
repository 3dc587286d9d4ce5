import { complain, h } from './dom.js';
import * as session from './session.js';

const views = {
  upscale: { title: 'Upscale', load: () => import('./views/upscale.js') },
  contest: { title: 'Contest', load: () => import('./views/contest.js') },
  attention: { title: 'Attention', load: () => import('./views/attention.js') },
  blind: { title: 'Blind test', load: () => import('./views/blind.js') },
  results: { title: 'Results', load: () => import('./views/results.js') },
};
const main = document.getElementById('main');
const mounted = new Map();
let current = null;

function address() {
  try {
    const [name, ...rest] = location.hash.slice(1).split('/').map(decodeURIComponent);
    if (views[name]) return { name, rest };
  } catch { /* Typed, and not percent-encoded. */ }
  return { name: 'upscale', rest: [] };
}

async function route({ moveFocus = true } = {}) {
  const { name, rest } = address();
  if (!mounted.has(name)) mounted.set(name, mount(name));
  const view = await mounted.get(name);
  if (!view) return missing(name);
  if (address().name !== name) return;
  if (current && current !== view) {
    current.root.hidden = true;
    current.hide?.();
  }
  current = view;
  view.root.hidden = false;
  document.title = `${views[name].title} · SuperRes Studio`;
  for (const link of document.querySelectorAll('.tabs a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  await view.show?.(rest);
  // A view that asks for something first, as for a voter's name, has put the focus there.
  if (moveFocus && current === view && !view.root.contains(document.activeElement)) view.root.querySelector('h1')?.focus({ preventScroll: true });
}

/** A view that did not load: what is shown stays, and its address with it, so that the tab may be tried again. */
function missing(name) {
  if (address().name !== name) return;
  const shown = Object.keys(views).find(other => other !== name && document.querySelector(`.tabs a[href="#${other}"][aria-current]`));
  if (shown) history.replaceState(null, '', `#${shown}`);
  else main.append(h('div.fatal', null, h('h1', null, 'This view could not be loaded'), h('button.button', { type: 'button', onclick: () => location.reload() }, 'Try again')));
}

async function mount(name) {
  const root = h('section.view', { hidden: true });
  main.append(root);
  try {
    const view = await views[name].load();
    return { root, ...view.create(root) };
  } catch (error) {
    console.error(error);
    complain('This view could not be loaded. Is “superres studio” still running?');
    root.remove();
    mounted.delete(name);
    return null;
  }
}

function theme() {
  const button = document.getElementById('theme-button');
  const label = document.getElementById('theme-label');
  const names = { auto: 'as the system', light: 'light', dark: 'dark' };
  const describe = value => { label.textContent = `Colours: ${names[value]}`; button.title = label.textContent; };
  describe(document.documentElement.dataset.theme ?? 'auto');
  button.addEventListener('click', () => {
    const order = ['auto', 'light', 'dark'];
    const next = order[(order.indexOf(document.documentElement.dataset.theme ?? 'auto') + 1) % 3];
    if (next === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try { localStorage.setItem('theme', next); } catch { /* Then it holds until the page is left. */ }
    describe(next);
  });
}

/** Pictures may be dropped or pasted anywhere; the view at hand takes them, or says where it would, and Upscale does where it has no use for them. */
async function receive(files) {
  if (files.length === 0) return;
  if (!current?.receive) {
    location.hash = '#upscale';
    await route();
  }
  current.receive(files);
}

/** What is dropped; of folders the pictures in them, whatever lies how deep. */
async function filesOf(transfer) {
  const files = [...transfer.files];
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some(entry => entry.isDirectory)) return files;
  const found = [];
  for (const entry of entries) await gather(entry, found, entry.isDirectory);
  if (found.length === 0) throw new Error(`There is no picture in ${entries.map(entry => entry.name).join(', ')}.`);
  return found;
}

async function gather(entry, found, isInFolder) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    const name = file.name.toLowerCase();
    if (!isInFolder || session.info.formats.read.some(extension => name.endsWith(extension.toLowerCase()))) found.push(file);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // In parts, until none is left.
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await gather(child, found, true);
  }
}

function dropping() {
  const veil = document.getElementById('drop-veil');
  const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files');
  let depth = 0;
  addEventListener('dragenter', event => { if (hasFiles(event)) { depth++; veil.hidden = false; } });
  addEventListener('dragleave', event => { if (hasFiles(event) && --depth <= 0) { depth = 0; veil.hidden = true; } });
  addEventListener('dragover', event => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener('drop', event => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    filesOf(event.dataTransfer).then(receive, complain);
  });
  addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];

    // A spreadsheet copies its cells as text and as a picture: in a field it is the text that is meant.
    const isText = event.target.closest?.('textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])') && event.clipboardData.types.includes('text/plain');
    if (files.length > 0 && !isText) { event.preventDefault(); receive(files); }
  });
}

function skipping() {
  document.querySelector('.skip').addEventListener('click', event => {
    event.preventDefault();
    current?.root.querySelector('h1')?.focus();
  });
}

theme();
skipping();
try {
  await session.start();
  dropping();
  addEventListener('hashchange', () => route());
  await route({ moveFocus: false });
  document.documentElement.dataset.ready = '';
} catch (error) {
  main.append(h('div.fatal', null, h('h1', null, 'The page could not start'), h('p', null, error.message)));
}
