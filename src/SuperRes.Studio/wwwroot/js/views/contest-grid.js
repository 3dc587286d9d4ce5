import { fill, h, options, segmented } from '../dom.js';
import { url } from '../api.js';
import * as format from '../format.js';
import { addGestures, panKey, Viewport, zoomKey } from '../viewport.js';
import { zoomControls } from '../zoom-controls.js';
import { explained } from '../picture.js';

const orders = {
  order: { label: 'as in the list', of: (job, index) => index },
  time: { label: 'fastest first', of: job => job.milliseconds ?? Infinity },
  psnr: { label: 'highest PSNR first', of: job => -number(job.metrics?.psnr) },
};
const number = value => value === undefined || value === null ? -Infinity : Number(value);

/** The contest's results: one cell a model, all at one zoom and one place. */
export class ContestGrid {
  #cells = new Map();
  #mode = 'picture';

  constructor(useThis) {
    this.useThis = useThis;
    this.viewport = new Viewport();
    this.grid = h('div.contest-grid', { tabindex: '0', role: 'group', 'aria-label': 'Results at one zoom: plus and minus zoom, arrow keys move' });
    this.grid.addEventListener('keydown', event => {
      if (event.target !== this.grid) return;
      if (zoomKey(event, this.viewport) || panKey(event, this.viewport)) event.preventDefault();
    });
    addGestures(this.grid, this.viewport, { wheel: 'modifier', ignore: event => !event.target.closest('.pane') });
    this.sort = h('select.compact', { 'aria-label': 'Order', onchange: () => this.#order() });
    this.mode = segmented('Show', [], 'picture', value => { this.#mode = value; this.#showAll(); }, { hideLegend: true });
    this.facts = h('p.small.soft');
    this.element = h('div.viewer', { hidden: true },
      h('div.toolbar.above', { role: 'group', 'aria-label': 'Contest' }, this.sort, this.mode.element, h('span.spring'), this.facts, zoomControls(this.viewport)),
      h('div.scroll.contest-scroll', null, this.grid));
  }

  start(contest, request, image) {
    this.element.hidden = false;
    this.request = request;
    this.withReference = Boolean(request.reference);
    for (const { release } of this.#cells.values()) release();
    this.#cells.clear();
    const { region, scale } = request;
    this.viewport.setContent(region.width * scale, region.height * scale);
    this.grid.style.setProperty('--aspect', `${region.width} / ${region.height}`);
    this.what = `${region.width} × ${region.height} of ${image.name}, ${scale}×`;
    this.facts.textContent = this.what;
    options(this.sort, Object.entries(orders).filter(([id]) => id !== 'psnr' || this.withReference).map(([id, { label }]) => ({ id, label })));
    this.#mode = 'picture';
    this.mode.set([{ id: 'picture', label: 'Picture' }, { id: 'error', label: 'Error map' }], 'picture');
    this.mode.element.hidden = !this.withReference;
    fill(this.grid, contest.jobs.map((job, index) => this.#cell(job, index).element));
    this.update(contest.jobs);
  }

  #cell(job, index) {
    const image = explained(h('img', { alt: '', draggable: 'false' }));
    const pane = h('div.pane', { 'data-pane': '' }, image, h('span.meter', null, h('i')));
    const cell = {
      index, image, pane, job, shown: '',
      state: h('span.small.soft'),
      scores: h('p.scores.small', { hidden: !this.withReference }),
      use: h('button.button.small-button', { type: 'button', disabled: true, 'aria-label': `Use ${job.model} for the whole picture`, onclick: () => this.useThis(cell.job) }, 'Use this one'),
      release: this.viewport.add(pane, image),
    };
    cell.element = h('figure.cell', { 'data-model': job.model }, pane,
      h('figcaption', null, h('div.cell-name', null, h('b', null, job.model), cell.state), cell.scores, cell.use));
    this.#cells.set(job.id, cell);
    return cell;
  }

  update(jobs) {
    for (const job of jobs) {
      const cell = this.#cells.get(job.id);
      if (!cell) continue;
      cell.job = job;
      cell.element.dataset.state = job.state;
      cell.state.textContent = job.state === 'done' ? format.time(job.milliseconds)
        : job.state === 'running' ? format.percent(job.share) : job.state === 'failed' ? job.error : job.state === 'queued' ? 'waiting' : 'cancelled';
      cell.pane.querySelector('i').style.width = `${(job.state === 'done' ? 1 : job.share ?? 0) * 100}%`;
      cell.pane.querySelector('.meter').classList.toggle('idle', job.state !== 'running');
      cell.use.disabled = job.state !== 'done';
      this.#show(cell);
    }
    this.#rank();
    this.#order();
  }

  #show(cell) {
    if (cell.job.state !== 'done') return;
    const address = url(`/jobs/${cell.job.id}/${this.#mode === 'error' ? 'error-map' : 'preview'}`);
    if (cell.shown === address) return;
    cell.shown = address;
    cell.image.src = address;
    cell.image.alt = `${this.#mode === 'error' ? 'Error map of' : 'Result of'} ${cell.job.model}`;
  }

  #showAll() {
    for (const cell of this.#cells.values()) this.#show(cell);
  }

  #rank() {
    const cells = [...this.#cells.values()];
    if (!this.withReference) return;
    const best = key => Math.max(...cells.map(cell => number(cell.job.metrics?.[key])));
    const top = { psnr: best('psnr'), ssim: best('ssim') };
    for (const { job, scores } of cells) {
      const metrics = job.metrics;
      const value = (key, text) => h(metrics && number(metrics[key]) === top[key] ? 'b.leading' : 'span', null, text);
      fill(scores, metrics
        ? [value('psnr', `${format.decibel(metrics.psnr)} dB`), ' · ', value('ssim', `SSIM ${format.fixed(metrics.ssim, 4)}`)]
        : 'PSNR and SSIM to come');
    }
    const protocol = cells.find(cell => cell.job.metrics)?.job.metrics.protocol;
    if (protocol) this.facts.textContent = `${this.what} · protocol ${protocol}`;
  }

  #order() {
    const rank = orders[this.sort.value]?.of ?? orders.order.of;
    const cells = [...this.#cells.values()].sort((a, b) => rank(a.job, a.index) - rank(b.job, b.index) || a.index - b.index);
    cells.forEach((cell, place) => { cell.element.style.order = place; });
  }
}
