import { h, icon, announce, complain } from '../dom.js';
import * as session from '../session.js';
import { check, url } from '../api.js';
import { downloadLink } from '../download.js';
import { fileButton } from '../files.js';
import { Settings } from './upscale-settings.js';
import { QueueList } from './upscale-queue.js';
import { Stage } from './upscale-stage.js';

/** Drop, choose, watch, compare, take home. */
export function create(root) {
  const settings = new Settings();
  const choose = fileButton('Choose pictures', receive, { primary: true, multiple: true });
  const stage = new Stage({ choose: receive, left: moveFocus });
  let selected = null;

  const list = new QueueList({
    select: item => { selected = item; update(); },
    emptied: moveFocus,
  });
  const zip = downloadLink('a.button.small-button', { download: 'superres.zip', prepare: prepareZip }, icon('download'), 'All as ZIP');
  const clear = h('button.button.small-button', { type: 'button', onclick: clearFinished }, 'Clear');
  const heading = h('h2', null, 'Queue');
  const queue = h('section.queue', { 'aria-label': 'Queue' }, h('header.row', null, heading, h('span.spring'), zip, clear), list.element);

  root.append(h('div.bench.work-first', null,
    h('div.rail', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Upscale'),
        h('p.soft.small', null, 'Pictures go to the server that you started, and nowhere else.')),
      settings.element,
      choose,
      queue),
    stage.element));

  function receive(files) {
    const added = session.enqueue(files, settings.value());
    selected = added[0];
    announce(added.length === 1 ? `${added[0].name} is being sent.` : `${added.length} pictures are being sent.`);
    update();
  }

  function add(image) {
    selected = session.enqueueImage(image, settings.value());
    update();
  }

  function clearFinished() {
    for (const item of [...session.queue()]) {
      if (item.state === 'done' || item.state === 'failed' || item.state === 'cancelled') session.cancel(item);
    }
    moveFocus();
  }

  /** The button that had the focus is gone with what it was for. */
  function moveFocus() {
    if (selected) list.focus(selected);
    else choose.querySelector('button').focus({ preventScroll: true });
  }

  const done = () => session.queue().filter(item => item.state === 'done');
  const zipOf = items => url(`/zip?jobs=${items.map(item => item.job.id).join(',')}`);

  /** A ZIP can't be asked for one byte, but its results can, and the server keeps what it makes for that. One that can't be written holds none of the others back. */
  async function prepareZip() {
    const written = [];
    const refused = [];
    if (done().length > 500) throw new Error(`A ZIP holds at most 500 results, and here are ${done().length}. Remove some from the queue first.`);
    for (const item of done()) {
      try {
        await check(url(`/jobs/${item.job.id}/result`));
        written.push(item);
      } catch (error) {
        if (![404, 413, 422].includes(error.status)) throw error;
        refused.push(`${item.name}: ${error.message}`);
      }
    }
    if (written.length === 0) throw new Error(`None of the results could be written. ${refused.join(' ')}`);
    if (refused.length > 0) complain(`Not in the ZIP: ${refused.join(' ')}`);
    return zipOf(written);
  }

  const told = new Map();
  function tell() {
    for (const item of session.queue()) {
      if (told.get(item.key) === item.state) continue;
      told.set(item.key, item.state);
      if (item.state === 'done') announce(`${item.name} is done.`);
      if (item.state === 'failed') announce(`${item.name} failed: ${item.message}`);
      if (item.state === 'running') announce(`${item.name} is being enlarged.`);
    }
  }

  function update() {
    const items = session.queue();
    if (!items.includes(selected)) selected = items[items.length - 1] ?? null;
    const waiting = items.filter(item => item.state === 'sending' || item.state === 'queued' || item.state === 'running').length;
    heading.textContent = waiting > 0 ? `Queue · ${waiting} to go` : 'Queue';
    queue.hidden = items.length === 0;
    zip.hidden = done().length < 2;
    if (!zip.hidden) zip.href = zipOf(done());
    clear.hidden = waiting === items.length;
    list.update(items, selected);
    stage.update(selected);
    tell();
  }

  session.onChange(update);
  update();

  return {
    receive,
    show([imageId, model, scale]) {
      if (!imageId) return;
      history.replaceState(null, '', '#upscale');
      const image = session.uploads().find(candidate => candidate.id === imageId);
      settings.choose(model, Number(scale));
      if (image) add(image);
    },
  };
}
