import { h, icon } from '../dom.js';
import { url } from '../api.js';
import { downloadLink } from '../download.js';
import * as session from '../session.js';
import * as format from '../format.js';

/** One line that says how an item stands. */
export function status(item) {
  const job = item.job;
  switch (item.state) {
    case 'sending': return `Sending · ${format.percent(item.share)}`;
    case 'queued': return job?.queuePosition > 0 ? `Waiting · number ${job.queuePosition}` : 'Waiting';
    case 'running': return [format.percent(item.share), format.left(job.secondsLeft)].filter(Boolean).join(' · ');
    case 'done': return [format.size(job.width, job.height), format.time(job.milliseconds)].filter(Boolean).join(' · ');
    case 'cancelled': return 'Cancelled';
    default: return item.message ?? 'Failed';
  }
}

/** The queue's rows. A row stays the same element while its item lives, so that the focus does. */
export class QueueList {
  #rows = new Map();

  constructor(actions) {
    this.actions = actions;
    this.element = h('ul.queue-list');
  }

  update(items, selected) {
    for (const row of this.#rows.values()) {
      if (!items.includes(row.item)) this.#drop(row);
    }
    for (const item of items) {
      if (!this.#rows.has(item.key)) {
        const row = this.#make(item);
        this.#rows.set(item.key, row);
        this.element.append(row.element);
      }
      this.#refresh(this.#rows.get(item.key), item === selected);
    }
  }

  /** Where a row is taken out that had the focus, the next one gets it, or the one before. */
  #drop(row) {
    const rows = [...this.#rows.values()];
    const place = rows.indexOf(row);
    const next = rows[place + 1] ?? rows[place - 1];
    const hadFocus = row.element.contains(document.activeElement);
    row.element.remove();
    this.#rows.delete(row.item.key);
    if (!hadFocus) return;
    if (next) next.stop.focus();
    else this.actions.emptied();
  }

  focus(item) { this.#rows.get(item.key).button.focus({ preventScroll: true }); }

  #make(item) {
    const row = {
      item,
      thumb: h('span.thumb'),
      line: h('span.small.line'),
      bar: h('i'),
      made: h('span.small.soft'),
      save: downloadLink('a.icon-button', { 'aria-label': `Download ${item.name}`, title: 'Download' }, icon('download')),
      stop: h('button.icon-button', { type: 'button', onclick: () => session.cancel(item) }, icon('close')),
    };
    row.meter = h('span.meter', { role: 'progressbar', 'aria-label': `Progress of ${item.name}`, 'aria-valuemin': '0', 'aria-valuemax': '100' }, row.bar);
    row.button = h('button.pick', { type: 'button', onclick: () => this.actions.select(item) },
      row.thumb, h('span.words', null, h('b', null, item.name), row.made, row.line, row.meter));
    row.element = h('li', null, row.button, row.save, row.stop);
    return row;
  }

  #refresh(row, selected) {
    const { item } = row;
    const shown = JSON.stringify([item.state, item.image?.id, item.job?.id, (item.share * 100).toFixed(1), status(item), selected]);
    if (row.shown === shown) return;
    row.shown = shown;
    if (item.image && !row.thumb.firstChild) {
      row.thumb.append(h('img', { src: url(`/images/${item.image.id}/preview?max=96`), alt: '', loading: 'lazy' }));
    }
    const working = item.state === 'sending' || item.state === 'queued' || item.state === 'running';
    row.element.dataset.state = item.state;
    const { model, scale, ensemble } = item.settings;
    row.made.textContent = `${model} · ${scale}×${ensemble ? ' · ensemble' : ''}`;
    row.line.textContent = status(item);
    row.bar.style.width = `${(item.share * 100).toFixed(1)}%`;
    row.meter.setAttribute('aria-valuenow', Math.round(item.share * 100));
    row.meter.classList.toggle('idle', !working);
    if (selected) row.button.setAttribute('aria-current', 'true');
    else row.button.removeAttribute('aria-current');
    row.save.hidden = item.state !== 'done';
    if (item.state === 'done') row.save.href = url(`/jobs/${item.job.id}/result`);
    const action = working ? 'Cancel' : 'Remove';
    row.stop.setAttribute('aria-label', `${action} ${item.name}`);
    row.stop.title = action;
  }
}
