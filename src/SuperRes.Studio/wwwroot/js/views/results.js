import { announce, bringIntoView, fill, h, icon } from '../dom.js';
import * as api from '../api.js';
import * as format from '../format.js';
import { evaluationReport, plainReport } from './results-report.js';
import { studyReport } from './results-study.js';
import { RunPage } from './results-run.js';

/** The reports and run folders that the studio was pointed at. */
export function create(root) {
  const list = h('nav.result-list', { 'aria-label': 'Reports and runs' });
  const body = h('div.scroll.fill');
  let run = null;
  let visit = 0;
  root.append(h('div.bench', null,
    h('div.rail', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Results'), h('p.soft.small', null, 'Reports of evaluate and ablate, runs of train.')), list),
    h('div.work', null, body)));

  async function refresh(chosen) {
    const { reports, runs } = await api.get('/results');
    fill(list,
      group('Runs', runs, entry => link('run', entry, [entry.state, entry.steps ? `${entry.step.toLocaleString('en')} of ${entry.steps.toLocaleString('en')} steps` : null,
        entry.psnr != null ? `${format.decibel(entry.psnr)} dB` : null], chosen)),
      group('Reports', reports, entry => link('report', entry, [entry.kind, day(entry.created)], chosen)),
      reports.length + runs.length === 0 && h('p.small.soft', null, 'Nothing found.'));
    return { reports, runs };
  }

  const group = (title, entries, make) => entries.length > 0 && h('section.stack', null, h('h2', null, title), h('ul', null, entries.map(make)));

  function link(kind, entry, facts, chosen) {
    return h('li', null, h('a.result-link', {
      href: `#results/${kind}/${encodeURIComponent(entry.id)}`, 'aria-current': chosen === `${kind} ${entry.id}` ? 'true' : undefined,
    }, h('b', null, entry.name), h('span.small.soft', null, facts.filter(Boolean).join(' · '))));
  }

  async function open(kind, id, found, mine) {
    const entry = (kind === 'run' ? found.runs : found.reports).find(one => one.id === id);
    if (!entry) throw new Error(`There is no ${kind} “${id}” any more. It may have been moved.`);
    if (kind === 'run') {
      run = new RunPage(entry);
      fill(body, run.element);
      await run.start();
      return;
    }
    const report = await api.get(`/results/reports/${encodeURIComponent(id)}`);
    if (mine !== visit) return;
    const show = report.schema?.startsWith('superres-evaluation/') ? evaluationReport : report.schema?.startsWith('superres-study/') ? studyReport : plainReport;
    fill(body, show(entry, report));
  }

  return {
    async show([kind, id]) {
      run?.stop();
      run = null;
      const mine = ++visit;
      try {
        const found = await refresh(`${kind} ${id}`);
        if (mine !== visit) return;
        if (kind && id) await open(kind, id, found, mine);
        else fill(body, welcome(found));
      } catch (error) {
        if (mine !== visit) return;
        announce(error.message);
        fill(body, h('div.blank', null, h('h2', null, 'This can’t be shown'), h('p.lead', null, error.message)));
      }
      if (mine !== visit) return;
      body.scrollTop = 0;
      if (!kind || !id) return;
      bringIntoView(body);
      body.querySelector('h1')?.focus({ preventScroll: true });
    },
    hide() { visit++; run?.stop(); run = null; },
  };
}

const day = text => text ? new Date(text).toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' }) : null;

function welcome({ reports, runs }) {
  const none = reports.length + runs.length === 0;
  return h('div.blank', null, h('svg.hero', { 'aria-hidden': 'true', width: '112', height: '112' }, h('use', { href: '#results' })),
    h('h2', null, none ? 'No results yet' : 'Choose a run or a report'),
    none ? [h('p.lead', null, 'Measure a few methods, or train a model, then open this view again:'),
      h('pre', null, h('code', null, 'superres evaluate samples/heldout -m bicubic,lanczos -o report\nsuperres train recipes/samples-espcn-x2.json\nsuperres studio --runs .'))]
      : h('p.lead', null, 'Curves of a run that is going move as it goes.'),
    none && h('a.button', { href: '#results' }, icon('again'), 'Look again'));
}
