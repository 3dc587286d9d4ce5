import { h, icon, announce } from '../dom.js';
import * as session from '../session.js';
import { url } from '../api.js';
import { downloadLink } from '../download.js';
import { fileButton } from '../files.js';
import { Settings } from './upscale-settings.js';
import { QueueList } from './upscale-queue.js';
import { Stage } from './upscale-stage.js';

/** Drop, choose, watch, compare, take home. */
export function create(root) {
  const settings = new Settings();
  const stage = new Stage({ choose: files => receive(files), again: image => add(image) });
  let selected = null;

  const list = new QueueList({
    select: item => { selected = item; update(); },
    again: item => add(item.image),
  });
  // A zip can't be asked for one byte; what goes into it can.
  const results = () => session.queue().filter(item => item.state === 'done').map(item => url(`/jobs/${item.job.id}/result`));
  const zip = downloadLink('a.button.small-button', { download: 'superres.zip', needs: results }, icon('download'), 'All as ZIP');
  const clear = h('button.button.small-button', { type: 'button', onclick: clearFinished }, 'Clear');
  const heading = h('h2', null, 'Queue');
  const queue = h('section.queue', { 'aria-label': 'Queue' }, h('header.row', null, heading, h('span.spring'), zip, clear), list.element);

  root.append(h('div.bench.work-first', null,
    h('div.rail', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Upscale'),
        h('p.soft.small', null, 'Pictures go to the server that you started, and nowhere else.')),
      settings.element,
      fileButton('Choose pictures', receive, { primary: true, multiple: true }),
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
    const done = items.filter(item => item.state === 'done');
    const waiting = items.filter(item => item.state === 'sending' || item.state === 'queued' || item.state === 'running').length;
    heading.textContent = waiting > 0 ? `Queue · ${waiting} to go` : 'Queue';
    queue.hidden = items.length === 0;
    zip.hidden = done.length < 2;
    if (done.length > 1) zip.href = url(`/zip?jobs=${done.map(item => item.job.id).join(',')}`);
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
