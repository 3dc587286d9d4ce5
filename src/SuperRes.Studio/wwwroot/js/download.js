import { guarded, h } from './dom.js';
import { check } from './api.js';

/**
 * A link to a file that takes care of failures: a browser only says that a download failed, so the server is asked first.
 * `prepare` does so in another way, and answers the file's address.
 */
export function downloadLink(tag, { prepare = ask, ...properties }, ...children) {
  return h(tag, { download: '', ...properties, onclick: guarded(event => start(event, prepare)) }, ...children);
}

async function ask(address) {
  await check(address);
  return address;
}

async function start(event, prepare) {
  const link = event.currentTarget;
  event.preventDefault();
  if (!link.href || link.hasAttribute('aria-busy')) return;
  const { href, download } = link;
  link.setAttribute('aria-busy', 'true');
  try {
    h('a', { href: await prepare(href), download }).click();
  } finally {
    link.removeAttribute('aria-busy');
  }
}
