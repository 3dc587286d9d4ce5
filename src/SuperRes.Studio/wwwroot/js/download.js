import { guarded, h } from './dom.js';
import { check } from './api.js';

/**
 * A link to a file that takes care of failures: a browser only says that a download failed, so the server is asked first.
 * `needs` names what to ask for in place of the file itself.
 */
export function downloadLink(tag, { needs, ...properties }, ...children) {
  return h(tag, { download: '', ...properties, onclick: guarded(event => start(event, needs)) }, ...children);
}

async function start(event, needs) {
  const link = event.currentTarget;
  event.preventDefault();
  if (!link.href || link.hasAttribute('aria-busy')) return;
  const { href, download } = link;
  link.setAttribute('aria-busy', 'true');
  try {
    for (const address of needs?.() ?? [href]) await check(address);
    h('a', { href, download }).click();
  } finally {
    link.removeAttribute('aria-busy');
  }
}
