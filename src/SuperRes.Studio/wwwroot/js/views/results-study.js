import { h, icon } from '../dom.js';
import * as format from '../format.js';
import { differences } from '../chart.js';
import { downloadLink } from '../download.js';
import { file, range, table } from './results-report.js';

/** What `superres ablate` found: the answers first, then what they rest on. */
export function studyReport(entry, report) {
  const decided = report.questions.filter(question => question.decisive?.seeds?.interval);
  const rows = decided.map(({ network, variant, against, decisive }) => ({
    name: `${network}: ${variant} against ${against}`, mean: decisive.seeds.mean, interval: decisive.seeds.interval,
  }));
  return h('div.page', null,
    h('header', null, h('h1', { tabindex: '-1' }, report.title),
      h('p.lead', null, `${report.budget}. Decided on ${report.dataset} by PSNR, protocol ${report.protocol}. ${report.data}.`),
      h('div.row', null, ['report.html', 'report.csv', 'report.json'].map(name => downloadLink('a.button.small-button', { href: file(entry, name), download: name }, icon('download'), name)))),
    report.missing?.length > 0 && h('p.callout', null, `${format.plural(report.missing.length, 'run')} of this experiment ${report.missing.length === 1 ? 'is' : 'are'} still to be done.`),
    h('section.stack', null, h('h2', null, 'Answers'), h('ul.answers', null, report.questions.map(question => h('li', null, question.sentence))),
      rows.length > 0 && h('div.card', null, h('h3', null, `Difference in PSNR, with its ${Math.round(report.level * 100)} % interval over seeds`), differences(rows, 'dB'))),
    questions(decided, report), arms(report),
    report.pictures?.length > 0 && h('section.stack', null, h('h2', null, 'Pictures'), report.pictures.map(picture =>
      h('figure.figure', null, h('img', { src: file(entry, picture.file), alt: picture.caption, loading: 'lazy' }), h('figcaption.small.soft', null, picture.caption)))));
}

function questions(decided, report) {
  if (decided.length === 0) return null;
  return table(`${report.dataset}, PSNR by protocol ${report.protocol}; p is corrected after Holm`, ['Question', 'Difference (dB)', 'Interval over seeds', 'Interval over seeds and images', 'Seed noise', 'p over seeds', 'p over seeds and images', 'Cohen’s d'],
    decided.map(({ network, variant, against, adjustedP, adjustedCrossedP, decisive: { seeds, crossed } }) => [
      `${network}: ${variant} – ${against}`, format.fixed(seeds.mean, 3), range(seeds.interval, 3), range(crossed?.interval, 3) || '–',
      format.fixed(seeds.seedNoise, 3), probability(adjustedP), probability(adjustedCrossedP), format.fixed(seeds.effect?.cohensD, 2)]));
}

const probability = p => p == null ? '–' : p < .001 ? '< 0.001' : p.toFixed(3);

function arms(report) {
  const mean = (arm, kind) => arm.means.find(one => one.dataset === report.dataset && one.measure.kind === kind && one.measure.protocol === report.protocol);
  const best = network => Math.max(...report.arms.filter(arm => arm.network === network).map(arm => mean(arm, 'psnr')?.value ?? -Infinity));
  return table(`Means over images and seeds on ${report.dataset}`, ['Network', 'Variant', 'Seeds', 'Parameters', 'MACs per input pixel', 'PSNR (dB)', 'Interval', 'SSIM'],
    report.arms.map(arm => {
      const psnr = mean(arm, 'psnr');
      return [arm.network, arm.variant, arm.failed ? `${arm.seeds}, ${arm.failed} failed` : arm.seeds, format.count(arm.parameters), format.count(Math.round(arm.macsPerPixel)),
        { text: format.decibel(psnr?.value), best: psnr?.value === best(arm.network) }, range(psnr?.interval, 2), format.fixed(mean(arm, 'ssim')?.value, 4)];
    }));
}
