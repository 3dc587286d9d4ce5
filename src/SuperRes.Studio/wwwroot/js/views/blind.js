import { announce, fill, guarded, h, icon } from '../dom.js';
import * as api from '../api.js';
import * as format from '../format.js';
import { createForm } from './blind-create.js';
import { BlindVote } from './blind-vote.js';
import { resultsPage } from './blind-results.js';

/** Studies: make one, vote in it, read what came out. */
export function create(root) {
  const body = h('div.fill');
  let vote = null;
  root.append(body);

  async function list() {
    const answer = await api.get('/studies');
    const { studies } = answer;
    const page = h('div.page', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Blind test'),
        h('p.lead', null, 'Two pictures, no names. Say which looks better, as often as you like; the table tells how sure one can be.')),
      studies.length > 0 ? h('ul.study-list', null, studies.map(row)) : h('p.callout', null, 'There is no study yet. Make one below from models or from a folder of results.'),
      createForm(answer.folders, guarded(async name => { location.hash = `#blind/${encodeURIComponent(name)}`; })));
    fill(body, h('div.scroll.fill', null, page));
  }

  function row(study) {
    const facts = study.state === 'failed' ? [`Failed: ${study.error}`]
      : [study.methods.join(', '), format.plural(study.pairs, 'pair'), study.state === 'preparing' ? 'being made' : format.plural(study.votes, 'vote')];
    const address = `#blind/${encodeURIComponent(study.name)}`;
    return h('li.card.study', null, h('div', null, h('h2', null, study.name), h('p.small.soft', null, facts.join(' · '))),
      h('div.row', null,
        study.state !== 'failed' && [h('a.button.primary', { href: address }, 'Vote'), h('a.button', { href: `${address}/results` }, 'Results')],
        h('button.icon-button', { type: 'button', 'aria-label': `Delete ${study.name}`, title: 'Delete', onclick: guarded(() => discard(study)) }, icon('close'))));
  }

  async function discard(study) {
    if (!confirm(`Delete “${study.name}” with its ${format.plural(study.votes, 'vote')}? It can’t be brought back.`)) return;
    await api.remove(`/studies/${encodeURIComponent(study.name)}`);
    await list();
    body.querySelector('h1').focus();
  }

  /** The study once its pictures are made. */
  async function prepared(name) {
    for (;;) {
      const study = await api.get(`/studies/${encodeURIComponent(name)}`);
      if (study.state === 'failed') throw new Error(study.error ?? 'The study’s pictures could not be made.');
      if (study.state !== 'preparing') return study;
      if (!body.querySelector('.preparing')) {
        fill(body, h('div.blank.preparing', { role: 'status' }, h('h2', null, 'The pictures are being made'),
          h('p.lead', null, `Each of ${study.methods.join(', ')} makes ${format.plural(study.images, 'picture')}.`)));
      }
      await new Promise(resolve => setTimeout(resolve, 400));
      if (!decodeURIComponent(location.hash).startsWith(`#blind/${name}`)) return null;
    }
  }

  async function enter(name) {
    const study = await prepared(name);
    if (!study) return;
    let known = '';
    try { known = localStorage.getItem('voter') ?? ''; } catch { /* Then the name is asked for each time. */ }
    const input = h('input', { type: 'text', id: 'voter', value: known, required: true, maxlength: '60', autocomplete: 'nickname' });
    const form = h('form.card.narrow', {
      onsubmit: guarded(async event => {
        event.preventDefault();
        const voter = input.value.trim();
        if (!voter) return;
        await start(study, voter);
      }),
    }, h('label', { for: 'voter' }, 'Your name'), input,
    h('p.hint', null, 'Votes are kept under this name, so you can stop at any time and go on later.'),
    h('button.button.primary', { type: 'submit' }, 'Start'));
    fill(body, h('div.scroll.fill', null, h('div.page', null,
      h('header', null, h('p.small', null, h('a', { href: '#blind' }, 'All studies')), h('h1', { tabindex: '-1' }, name),
        h('p.lead', null, 'You will see the same picture made in two ways, in changing order. Look closely, zoom in where you like, and say which is better.')),
      form)));
    input.focus();
  }

  /** The form stays until the server has answered: it may refuse the name. */
  async function start(study, voter) {
    const { hash } = location;
    const entered = new BlindVote(study, voter);
    const first = await entered.ask();
    if (location.hash !== hash) return;
    try { localStorage.setItem('voter', voter); } catch { /* As above. */ }
    vote?.leave();
    vote = entered;
    fill(body, vote.element);
    vote.focus();
    await vote.begin(first);
  }

  async function showResults(name) {
    if (!await prepared(name)) return;
    fill(body, h('div.scroll.fill', null, resultsPage(name, await api.get(`/studies/${encodeURIComponent(name)}/results`))));
  }

  return {
    async show([name, part]) {
      vote?.leave();
      vote = null;
      try {
        if (!name) await list();
        else if (part === 'results') await showResults(name);
        else await enter(name);
      } catch (error) {
        announce(error.message);
        fill(body, h('div.blank', null, h('h1', { tabindex: '-1' }, 'This can’t be shown'), h('p.lead', null, error.message), h('a.button', { href: '#blind' }, icon('again'), 'All studies')));
      }
    },
    hide() { vote?.leave(); vote = null; fill(body); },
  };
}
