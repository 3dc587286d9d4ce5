import { h, icon } from '../dom.js';
import { url } from '../api.js';
import { downloadLink } from '../download.js';
import * as format from '../format.js';

export const file = (entry, name) => url(`/results/files/${encodeURIComponent(entry.id)}/${name.split('/').map(encodeURIComponent).join('/')}`);
const value = score => score == null ? NaN : typeof score === 'string' ? Infinity : score;
export const range = (pair, digits) => pair ? `${format.fixed(pair[0], digits)} to ${format.fixed(pair[1], digits)}` : '';

/** What `superres evaluate` wrote, with the pictures that it cut. */
export function evaluationReport(entry, report) {
  const sets = new Map();
  for (const result of report.results) {
    const key = `${result.dataset} ×${result.scale}${result.track ? ` ${result.track}` : ''}`;
    if (!sets.has(key)) sets.set(key, []);
    sets.get(key).push(result);
  }
  return h('div.page', null,
    h('header', null, h('h1', { tabindex: '-1' }, entry.name),
      h('p.lead', null, `Protocol ${report.protocol.name}. ${report.environment?.processor ?? ''}${report.version ? `, SuperRes ${report.version}` : ''}.`),
      h('div.row', null, ['report.html', 'report.csv', 'report.json'].map(name => downloadLink('a.button.small-button', { href: file(entry, name), download: name }, icon('download'), name)))),
    report.notes?.length > 0 && h('ul.small.soft', null, report.notes.map(note => h('li', null, note))),
    [...sets].map(([title, results]) => setSection(entry, report, title, results)));
}

const unequal = 'The models were measured on different images, because some failed: their means can’t be compared. The gains are over the images in common.';
const imagesOf = result => (result.images ?? []).map(image => image.name).join('\n');

function setSection(entry, report, title, results) {
  const [{ dataset, scale }] = results;
  const comparisons = (report.comparisons ?? []).filter(one => one.dataset === dataset && one.scale === scale);
  const figures = (report.figures ?? []).filter(one => one.dataset === dataset && one.scale === scale);
  const counts = results.map(result => result.images?.length ?? 0);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const comparable = results.every(result => imagesOf(result) === imagesOf(results[0]));
  return h('section.stack', null, h('h2', null, title),
    table(`Means over ${fewest === most ? most : `${fewest} to ${most}`} images`, ['Model', 'PSNR (dB)', '95 % interval', 'SSIM', 'Parameters', 'ms per image'], means(results, comparable && results.length > 1)),
    !comparable && h('p.callout', null, unequal),
    comparisons.length > 0 && table(`Gain over ${comparisons[0].baseline} on the same images`, ['Model', 'Mean gain (dB)', '95 % interval', 'Better on'], comparisons.map(one => [
      one.model, format.fixed(one.psnr?.mean, 3), range(one.psnr?.interval, 3), one.psnr ? `${one.psnr.better} of ${one.psnr.images}` : '–'])),
    figures.map(one => h('figure.figure', null, h('img', { src: file(entry, one.file), loading: 'lazy', alt: `${one.image}: the original, and a detail of it from every model` }), h('figcaption.small.soft', null, one.image))),
    h('details', null, h('summary', null, 'Image by image'), perImage(results)));
}

function means(results, marksBest) {
  const top = key => Math.max(...results.map(result => value(result[key])).filter(score => !Number.isNaN(score)));
  const [psnr, ssim] = [top('psnr'), top('ssim')];
  return results.map(result => [
    result.model, { text: format.decibel(result.psnr), best: marksBest && value(result.psnr) === psnr }, range(result.psnrInterval, 2),
    { text: format.fixed(result.ssim, 4), best: marksBest && value(result.ssim) === ssim }, result.parameters ? format.count(result.parameters) : '–', format.fixed(result.ms, 1),
  ]);
}

function perImage(results) {
  const names = [...new Set(results.flatMap(result => (result.images ?? []).map(image => image.name)))];
  const score = (result, name) => result.images?.find(image => image.name === name)?.psnr;
  return table('PSNR in dB', ['Image', ...results.map(result => result.model)], names.map(name => {
    const top = Math.max(...results.map(result => value(score(result, name))).filter(one => !Number.isNaN(one)));
    return [name, ...results.map(result => ({ text: format.decibel(score(result, name)), best: value(score(result, name)) === top }))];
  }));
}

export function table(caption, head, rows) {
  return h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': caption }, h('table', null, h('caption', null, caption),
    h('thead', null, h('tr', null, head.map(text => h('th', { scope: 'col' }, text)))),
    h('tbody', null, rows.map(([name, ...cells]) => h('tr', null, h('th', { scope: 'row' }, name),
      cells.map(cell => cell !== null && typeof cell === 'object' ? h(cell.best ? 'td.best' : 'td', null, cell.text) : h('td', null, cell)))))));
}

/** A report of a kind that this page has no tables for. */
export function plainReport(entry, report) {
  return h('div.page', null, h('header', null, h('h1', { tabindex: '-1' }, entry.name), h('p.lead', null, `Report of ${entry.kind}.`)),
    h('pre', { tabindex: '0' }, h('code', null, JSON.stringify(report, null, 2))));
}
