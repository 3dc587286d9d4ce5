import { h, icon } from '../dom.js';
import { url } from '../api.js';
import { downloadLink } from '../download.js';
import { interval } from '../chart.js';
import * as format from '../format.js';

const share = value => value == null ? '–' : `${(value * 100).toFixed(1)} %`;

/** What the votes say: every method, and every two of them. */
export function resultsPage(name, { votes, methods, pairs }) {
  const path = `/studies/${encodeURIComponent(name)}`;
  const ranked = [...methods].sort((a, b) => (b.bradleyTerry ?? -Infinity) - (a.bradleyTerry ?? -Infinity));
  return h('div.page', null,
    h('header', null, h('p.small', null, h('a', { href: '#blind' }, 'All studies')), h('h1', { tabindex: '-1' }, name),
      h('p.lead', null, `${format.plural(votes, 'vote')}. A tie counts half for each. Intervals hold 95 %.`),
      h('div.row', null, h('a.button', { href: `#blind/${encodeURIComponent(name)}` }, 'Vote'),
        downloadLink('a.button', { href: url(`${path}/results.csv`), download: `${name}.csv` }, icon('download'), 'CSV'))),
    votes === 0 ? h('p.callout', null, 'Nobody has voted yet.') : [
      section('Ranking', table(['Method', 'Preferred', '', '95 % interval', 'Wins', 'Losses', 'Ties', 'Bradley-Terry'], ranked.map(row => [
        row.name, share(row.preference), row.preference == null ? '' : interval(row.preference, row.low, row.high), `${share(row.low)} to ${share(row.high)}`,
        row.wins, row.losses, row.ties, format.fixed(row.bradleyTerry, 3)]), 'methods')),
      section('Head to head', table(['Pair', 'First preferred', '', '95 % interval', 'First', 'Second', 'Ties', 'Difference'], pairs.map(row => [
        `${row.a} – ${row.b}`, share(row.rate), row.rate == null ? '' : interval(row.rate, row.low, row.high), `${share(row.low)} to ${share(row.high)}`,
        row.aWins, row.bWins, row.ties, row.low > .5 ? `${row.a} is ahead` : row.high < .5 ? `${row.b} is ahead` : 'none to be told']), 'pairs')),
    ]);
}

const section = (title, content) => h('section.stack', null, h('h2', null, title), content);

function table(head, rows, id) {
  return h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': head[0] },
    h('table', { id }, h('thead', null, h('tr', null, head.map(text => text ? h('th', { scope: 'col' }, text) : h('td')))),
      h('tbody', null, rows.map(([name, ...cells]) => h('tr', null, h('th', { scope: 'row' }, name), cells.map(cell => h('td', null, cell)))))));
}
