import { complain, fill, h, icon, options } from '../dom.js';
import { url } from '../api.js';
import * as session from '../session.js';
import * as format from '../format.js';
import { Compare } from '../compare.js';
import { downloadLink } from '../download.js';
import { fileButton } from '../files.js';
import { zoomControls } from '../zoom-controls.js';
import { canMake, modelGroups } from './upscale-settings.js';
import { status } from './upscale-queue.js';

const nearest = 'nearest';

/** The place where the selected picture is looked at: empty, at work, failed, or two pictures under a divider. */
export class Stage {
  #shown = '';
  #item = null;

  constructor({ choose, left }) {
    this.left = left;
    this.compare = new Compare();
    this.before = h('select.compact.compare-with', { 'aria-label': 'Compare with', onchange: () => this.#showBefore() });
    this.wait = h('span.small.soft', { role: 'status' });
    this.lens = h('button.button', { type: 'button', 'aria-pressed': 'false', onclick: () => this.#toggleLens() }, icon('lens'), h('span', null, 'Lens'));
    this.save = downloadLink('a.button.primary', {}, icon('download'), 'Download');
    this.facts = h('p.facts.small');
    this.progress = h('div.stage-progress', { hidden: true }, h('span.meter', null, h('i')), h('p'));
    this.compare.element.append(this.progress);
    this.tools = h('div.toolbar', { role: 'group', 'aria-label': 'Comparison' },
      h('label.row', null, h('span.small.soft', null, 'Compare with'), this.before), this.wait, h('span.spring'),
      zoomControls(this.compare.viewport), this.lens, this.save);
    this.compare.slider.addEventListener('keydown', event => {
      if (event.key === 'l' || event.key === 'L') this.#toggleLens();
    });
    this.viewer = h('div.viewer', { hidden: true }, this.compare.element, this.tools, this.facts);
    this.empty = emptyStage(choose);
    this.failure = h('div.blank', { hidden: true });
    this.element = h('div.work', null, this.empty, this.viewer, this.failure);
  }

  update(item) {
    this.#item = item;
    const state = item?.state;
    const failed = state === 'failed' || state === 'cancelled';
    this.empty.hidden = Boolean(item);
    this.viewer.hidden = !item || failed;
    this.failure.hidden = !failed;
    if (failed) return this.#showFailure(item);
    if (!item) return;
    this.#showProgress(item);
    const picture = `${item.key} ${item.image ? state === 'done' : 'sending'}`;
    if (this.#shown === picture) return;
    this.#shown = picture;
    if (!item.image) this.#showSending();
    else if (state === 'done') this.#showDone(item);
    else this.#showWorking(item);
  }

  #showFailure(item) {
    const shown = `${item.key} ${item.state} ${item.image?.id} ${item.message}`;
    if (this.#shown === shown) return;
    this.#shown = shown;
    fill(this.failure,
      h('h2', null, item.state === 'cancelled' ? `${item.name} was cancelled` : `${item.name} could not be enlarged`),
      h('p.lead', null, item.message ?? 'Nothing was kept of it.'),
      h('div.row', null,
        item.image && h('button.button', { type: 'button', onclick: () => { session.enqueueImage(item.image, item.settings); this.#remove(item); } }, icon('again'), 'Try again'),
        h('button.button', { type: 'button', onclick: () => this.#remove(item) }, icon('close'), 'Remove')));
  }

  #remove(item) {
    session.cancel(item);
    this.left();
  }

  #showProgress(item) {
    const working = item.state !== 'done';
    this.progress.hidden = !working;
    this.compare.element.classList.toggle('working', working);
    this.progress.querySelector('i').style.width = `${(item.share * 100).toFixed(1)}%`;
    this.progress.querySelector('p').textContent = status(item);
    for (const control of [this.before, this.lens]) control.disabled = working;
    this.save.classList.toggle('disabled', working);
    if (working) {
      this.save.removeAttribute('href');
      this.save.setAttribute('aria-disabled', 'true');
      this.facts.textContent = item.image ? facts(item) : item.name;
    }
  }

  #showSending() {
    this.wait.textContent = '';
    this.compare.forget();
    this.compare.first.image.removeAttribute('src');
    this.compare.second.image.removeAttribute('src');
  }

  async #showWorking(item) {
    this.wait.textContent = '';
    const { width, height } = item.job ?? item.image;
    this.compare.setContent(width, height);
    this.compare.label('original', item.settings.model);
    const address = original(item.image);
    await Promise.all([this.#show(item, 'first', address), this.#show(item, 'second', address)]);
  }

  async #showDone(item) {
    const { job } = item;
    this.save.href = url(`/jobs/${job.id}/result`);
    this.save.removeAttribute('aria-disabled');
    this.facts.textContent = facts(item);
    this.compare.setContent(job.width, job.height);
    const groups = modelGroups(model => model.name !== nearest && canMake(model, job.scale) && model.name !== job.model);
    options(this.before, [{ id: nearest, label: 'the original’s pixels (nearest)' }, ...groups], this.before.value || nearest);
    await Promise.all([this.#show(item, 'second', url(`/jobs/${job.id}/preview`)), this.#showBefore()]);
    if (this.#item === item) this.compare.element.dataset.shown = job.id;
  }

  /** The left side. What it shows is named when it is shown: another result may be long in the making, and the picture itself stands there meanwhile. */
  async #showBefore() {
    const item = this.#item;
    const name = this.before.value;
    const isWanted = () => this.#item === item && this.before.value === name;
    this.wait.textContent = name === nearest ? '' : `Making ${name} …`;
    try {
      await this.#showLeft(item, original(item.image), 'original', { nearest: true });
      if (name === nearest || !isWanted()) return;
      const job = await session.beside(item.image, name, item.job.scale);
      if (!isWanted()) return;
      await this.#showLeft(item, url(`/jobs/${job.id}/preview`), name);
      if (isWanted()) this.wait.textContent = '';
    } catch (error) {
      session.forgetBeside(item.image, name, item.job.scale);
      if (!isWanted()) return;
      complain(error);
      this.wait.textContent = '';
      this.before.value = nearest;
    }
  }

  async #showLeft(item, address, name, look) {
    if (this.#item === item && await this.compare.show('first', address, look) && this.#item === item) this.compare.label(name, item.settings.model);
  }

  async #show(item, side, address, isNearest = false) {
    try {
      if (this.#item === item) await this.compare.show(side, address, { nearest: isNearest });
    } catch (error) {
      if (this.#item === item && item.state !== 'failed') complain(error);
    }
  }

  #toggleLens() {
    if (this.lens.disabled) return;
    const on = this.compare.lens.toggle();
    this.lens.setAttribute('aria-pressed', on);
  }
}

const original = image => url(`/images/${image.id}/preview`);

function facts({ image, job, settings }) {
  const parts = [`${format.size(image.width, image.height)} → ${job ? format.size(job.width, job.height) : `${settings.scale}×`}`];
  parts.push(`${settings.model}${settings.ensemble ? ', ensemble of eight' : ''}`);
  if (job?.milliseconds) parts.push(format.time(job.milliseconds));
  parts.push(`${image.format ?? ''} ${image.bits ?? ''}-bit${image.alpha ? ' with alpha' : ''}`.trim());
  if (image.iccProfile) parts.push(typeof image.iccProfile === 'string' ? image.iccProfile : 'colour profile kept');
  return [...parts, ...job?.notes ?? []].join(' · ');
}

function emptyStage(choose) {
  const proper = { JPG: 'JPEG', TIF: 'TIFF', WEBP: 'WebP' };
  const formats = session.info.formats.read.map(name => name.replace('.', '').toUpperCase()).map(name => proper[name] ?? name);
  return h('div.blank.drop', null,
    h('svg.hero', { 'aria-hidden': 'true', width: '112', height: '112' }, h('use', { href: '#mark' })),
    h('h2', null, 'Drop pictures here'),
    h('p.lead', null, 'Or paste one, or pick them. They start at once with the settings that are chosen, and you see the difference as soon as the first is done.'),
    fileButton('Choose pictures', choose, { multiple: true }),
    h('p.small.soft', null, `Reads ${[...new Set(formats)].join(', ')} up to ${format.bytes(session.info.limits.bytes)} and ${(session.info.limits.pixels / 1e6).toFixed(0)} megapixels.`));
}
