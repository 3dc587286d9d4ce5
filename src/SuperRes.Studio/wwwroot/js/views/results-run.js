import { complain, fill, h, icon } from '../dom.js';
import * as api from '../api.js';
import { LineChart } from '../chart.js';
import { downloadLink } from '../download.js';
import * as format from '../format.js';
import { table } from './results-report.js';

const colour = { running: 'live', finished: 'finished', stopped: 'stopped' };

const pause = 2000;
const longestPause = 60_000;

/** A training run: its curves, which move while it goes, its measurements, its recipe. */
export class RunPage {
  #close = null;
  #stopped = false;
  #timer = null;
  #wait = pause;
  #metrics = [];
  #validation = [];

  constructor(entry) {
    this.entry = entry;
    this.loss = new LineChart('Loss', '', { logarithmic: true });
    this.psnr = new LineChart('Validation PSNR', 'dB');
    this.ssim = new LineChart('Validation SSIM', '');
    this.rate = new LineChart('Learning rate', '');
    this.state = h('span.badge');
    this.facts = h('p.lead');
    this.table = h('div');
    this.files = h('div.stack');
    this.recipe = h('code');
    this.element = h('div.page', null,
      h('header', null, h('div.row', null, h('h1', { tabindex: '-1' }, entry.name), this.state), this.facts),
      h('div.charts', null, this.psnr.element, this.loss.element, this.ssim.element, this.rate.element),
      this.table, this.files, h('details', null, h('summary', null, 'Recipe'), h('pre', { tabindex: '0' }, this.recipe)));
  }

  async start() {
    const path = `/results/runs/${encodeURIComponent(this.entry.id)}`;
    const run = await api.get(path);
    if (this.#stopped) return;
    this.#wait = pause;
    this.#metrics = run.metrics ?? [];
    this.#validation = run.validation ?? [];
    this.recipe.textContent = JSON.stringify(run.recipe, null, 2);
    this.#setState(run.state);
    this.#showFiles(run.files ?? []);
    this.#draw();
    if (run.state !== 'running') return this.stop();
    document.addEventListener('visibilitychange', this.#lookedAt);
    if (!document.hidden) this.#listen(path);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#lookedAt);
    this.#close?.();
  }

  // A browser opens six connections to a server for all its tabs: one that nobody looks at needs none.
  #lookedAt = () => {
    this.#close?.();
    this.#close = null;
    clearTimeout(this.#timer);
    if (!document.hidden) this.#goOn();
  };

  /** Takes the run up again as it is now: the longer in vain, the more seldom. */
  async #goOn() {
    try {
      await this.start();
    } catch (error) {
      if (this.#stopped) return;
      if (this.#wait === pause) complain(`The live curves broke off: ${error.message}`);
      this.#setState('no answer');
      this.#wait = Math.min(2 * this.#wait, longestPause);
      this.#timer = setTimeout(() => this.#goOn(), this.#wait);
    }
  }

  #listen(path) {
    const add = (list, records) => {
      for (const record of records ?? []) if (record.step > (list[list.length - 1]?.step ?? -1)) list.push(record);
    };
    this.#close?.();
    this.#close = api.listen(`${path}/events`, {
      metrics: event => {
        add(this.#metrics, event.metrics);
        add(this.#validation, event.validation);
        if (event.state) this.#setState(event.state);
        this.#draw();
        if (event.state && event.state !== 'running') this.stop();
      },
    }, () => {
      this.#close = null;
      this.#timer = setTimeout(() => this.#goOn(), this.#wait);
    });
  }

  #showFiles(files) {
    const address = name => api.url(`/results/files/${encodeURIComponent(this.entry.id)}/${name.split('/').map(encodeURIComponent).join('/')}`);
    const samples = files.filter(name => name.startsWith('samples/'));
    const others = files.filter(name => !name.startsWith('samples/'));
    fill(this.files,
      others.length > 0 && h('div.row', null, others.map(name => downloadLink('a.button.small-button', { href: address(name), download: name }, icon('download'), name))),
      samples.length > 0 && h('section.stack', null, h('h2', null, 'What it makes of the first validation images'),
        h('div.sample-strip', { tabindex: '0', role: 'group', 'aria-label': 'Samples, oldest first' }, samples.map(name => h('figure', null,
          h('img', { src: address(name), alt: name.slice(8), loading: 'lazy' }), h('figcaption.small.soft', null, name.slice(8)))))));
  }

  #setState(state) {
    this.state.textContent = state;
    this.state.dataset.state = colour[state] ?? 'stopped';
  }

  #draw() {
    const curve = (list, key) => list.map(record => [record.step, record[key]]).filter(([, y]) => typeof y === 'number');
    this.loss.update([{ name: 'loss', points: curve(this.#metrics, 'loss') }]);
    this.rate.update([{ name: 'rate', points: curve(this.#metrics, 'learningRate') }]);
    this.psnr.update([{ name: 'average', points: curve(this.#validation, 'psnr') }, { name: 'raw', points: curve(this.#validation, 'rawPsnr') }]);
    this.ssim.update([{ name: 'average', points: curve(this.#validation, 'ssim') }, { name: 'raw', points: curve(this.#validation, 'rawSsim') }]);
    const last = this.#metrics[this.#metrics.length - 1];
    const top = this.#validation.reduce((best, one) => one.psnr > (best?.psnr ?? -Infinity) ? one : best, null);
    this.facts.textContent = [last && `Step ${format.count(last.step)}${this.entry.steps ? ` of ${format.count(this.entry.steps)}` : ''}`,
      top && `best ${format.decibel(top.psnr)} dB / ${format.fixed(top.ssim, 4)} at step ${format.count(top.step)}`,
      last?.samplesPerSecond && `${Math.round(last.samplesPerSecond)} patches a second`].filter(Boolean).join(' · ') || 'Nothing recorded yet.';
    fill(this.table, this.#validation.length > 0 && table('Measurements', ['Step', 'PSNR (dB)', 'SSIM', 'PSNR, weights as they are'],
      [...this.#validation].reverse().slice(0, 50).map(one => [format.count(one.step), format.decibel(one.psnr), format.fixed(one.ssim, 4), format.decibel(one.rawPsnr)])));
  }
}
