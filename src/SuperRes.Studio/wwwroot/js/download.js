import { guarded, h } from './dom.js';
import { check } from './api.js';

/** A link to a file that takes care of failures: a browser only says that a download failed, so the server is asked first. */
export function downloadLink(tag, properties, ...children) {
  return h(tag, { download: '', ...properties, onclick: guarded(start) }, ...children);
}

async function start(event) {
  const link = event.currentTarget;
  event.preventDefault();
  if (!link.href || link.hasAttribute('aria-busy')) return;
  const { href, download } = link;
  link.setAttribute('aria-busy', 'true');
  try {
    await check(href);
    h('a', { href, download }).click();
  } finally {
    link.removeAttribute('aria-busy');
  }
}
