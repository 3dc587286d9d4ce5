import { announce, bringIntoView, complain, fill, guarded, h, segmented } from '../dom.js';
import * as api from '../api.js';
import * as session from '../session.js';
import { fileButton } from '../files.js';
import { PictureChooser } from '../picture-chooser.js';
import { RegionPicker } from '../region.js';
import { keyHelp } from '../zoom-controls.js';
import { ContestGrid } from './contest-grid.js';
import { canMake, networksFirst } from './upscale-settings.js';

/** One spot, every model. */
export function create(root) {
  let reference = null;
  let running = null;
  const region = new RegionPicker();
  const chooser = new PictureChooser('Picture', image => { region.setImage(image); setReference(null); backToTable(); refresh(); });
  const scale = segmented('Scale', [2, 3, 4, 8].map(id => ({ id, label: `${id}×` })), 4, () => { listModels(); refresh(); });
  const models = h('div.checks');
  const referenceNote = h('p.hint');
  const referenceRow = h('div.row', null, fileButton('Choose the reference', guarded(takeReference)),
    h('button.button', { type: 'button', hidden: true, onclick: () => setReference(null) }, 'Remove'));
  const start = h('button.button.primary.sticky', { type: 'button', disabled: true, onclick: guarded(run) }, 'Run the contest');
  const grid = new ContestGrid(useThis);
  const empty = h('div.blank', null, h('svg.hero', { 'aria-hidden': 'true', width: '112', height: '112' }, h('use', { href: '#contest' })),
    h('h2', null, 'One spot, every model'),
    h('p.lead', null, 'Choose a picture, draw a rectangle where the detail matters, and see what each model makes of it, side by side and at the same zoom.'),
    keyHelp([['+', '−'], 'zoom'], [['0'], 'fit'], [['←', '→', '↑', '↓'], 'move']));

  const table = h('div.region-table', { hidden: true }, h('div', null, h('h2', null, 'Where does the detail matter?'), h('p.soft', null, 'Draw a rectangle, or move the one that is there.')));
  const corner = h('div', { hidden: true });

  root.append(h('div.bench', null,
    h('div.rail', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Contest'), h('p.soft.small', null, 'All models on the spot that matters.')),
      chooser.element, corner, scale.element,
      h('div.field', null, h('span.label', null, 'Reference, if there is one'), referenceRow, referenceNote),
      h('fieldset.field', null, h('legend', null, 'Models'), models), start),
    h('div.work', null, empty, table, grid.element)));
  listModels();
  setReference(null);

  function listModels() {
    const unchecked = new Set([...models.querySelectorAll('input:not(:checked)')].map(input => input.value));
    fill(models, networksFirst().filter(model => canMake(model, Number(scale.value))).map(model => h('label.check', null,
      h('input', { type: 'checkbox', value: model.name, checked: !unchecked.has(model.name), onchange: refresh }),
      h('span', null, model.name), h('span.soft', null, model.kind === 'network' ? 'network' : 'classical'))));
  }

  const picked = () => [...models.querySelectorAll('input:checked')].map(input => input.value);

  /** Before a contest the picture lies large on the table; with results there, small in the rail. */
  function backToTable() {
    breakOff();
    running = null;
    empty.hidden = true;
    grid.element.hidden = true;
    corner.hidden = true;
    table.hidden = false;
    table.append(region.element);
  }

  function toCorner() {
    table.hidden = true;
    corner.hidden = false;
    corner.append(region.element);
  }

  function refresh() {
    start.disabled = !chooser.chosen || picked().length === 0;
    start.textContent = running ? 'Run again' : 'Run the contest';
  }

  async function takeReference([file]) {
    if (!file) return;
    if (!chooser.chosen) throw new Error('Choose the picture first; the reference is the same picture at full size.');
    const image = await session.sendFile(file);
    const { width, height } = chooser.chosen;
    const factor = [2, 3, 4, 8].find(value => Math.floor(image.width / value) === width && Math.floor(image.height / value) === height);
    if (!factor) {
      throw new Error(`The reference is ${image.width} × ${image.height}. For ${chooser.chosen.name} (${width} × ${height}) it has to be 2, 3, 4 or 8 times as large, as ${width * 4} × ${height * 4} is.`);
    }
    scale.set([2, 3, 4, 8].map(id => ({ id, label: `${id}×` })), factor);
    listModels();
    setReference(image);
  }

  function setReference(image) {
    reference = image;
    referenceRow.lastChild.hidden = !image;
    referenceNote.textContent = image ? `${image.name}, ${image.width} × ${image.height}. PSNR, SSIM and an error map stand beside each result.`
      : 'The same picture at full size: adds PSNR, SSIM and an error map.';
  }

  function breakOff() {
    for (const job of running?.jobs ?? []) if (!api.isEnded(job)) api.remove(`/jobs/${job.id}`).catch(() => {});
  }

  async function run() {
    breakOff();
    const picture = chooser.chosen;
    const request = { image: picture.id, region: region.region, scale: Number(scale.value), models: picked() };
    if (reference) request.reference = reference.id;
    const contest = await api.post('/contests', request);
    running = contest;
    if (chooser.chosen?.id !== picture.id) return backToTable();
    toCorner();
    grid.start(contest, request, picture);
    refresh();
    bringIntoView(grid.element);
    announce(`The contest of ${contest.jobs.length} models is running.`);
    follow(contest.id);
  }

  async function follow(id) {
    let pause = 250;
    while (running?.id === id) {
      try {
        const contest = await api.get(`/contests/${id}`);
        if (running?.id !== id) return;
        running = contest;
        grid.update(contest.jobs);
        if (contest.jobs.every(api.isEnded)) return announce('The contest is over.');
        pause = 250;
      } catch (error) {
        const isOver = [401, 403, 404].includes(error.status);
        if (isOver || pause === 250) complain(error);
        if (isOver) return;
        pause = 2000;
      }
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  function useThis(job) {
    location.hash = `#upscale/${encodeURIComponent(chooser.chosen.id)}/${encodeURIComponent(job.model)}/${job.scale}`;
  }

  return {
    receive: files => chooser.receive(files),
    show() { chooser.ensure(); refresh(); },
  };
}
