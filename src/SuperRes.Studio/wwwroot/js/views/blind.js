import { announce, complain, fill, guarded, h, icon } from '../dom.js';
import * as api from '../api.js';
import * as format from '../format.js';
import { createForm } from './blind-create.js';
import { BlindVote } from './blind-vote.js';
import { resultsPage } from './blind-results.js';

/** Studies: make one, vote in it, read what came out. */
export function create(root) {
  const body = h('div.fill');
  let vote = null;
  let form = null;
  let visit = 0;
  root.append(body);

  async function list(mine) {
    const answer = await api.get('/studies');
    if (mine !== visit) return;
    const { studies } = answer;

    // One that is begun is kept while other things are looked at.
    form ??= createForm(guarded(async name => {
      form = null;
      location.hash = `#blind/${encodeURIComponent(name)}`;
    }));
    form.refresh(answer.folders);
    const page = h('div.page', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Blind test'),
        h('p.lead', null, 'Two pictures, no names. Say which looks better, as often as you like; the table tells how sure one can be.')),
      studies.length > 0 ? h('ul.study-list', null, studies.map(row)) : h('p.callout', null, 'There is no study yet. Make one below from models or from a folder of results.'),
      form.element);
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
    const mine = visit;
    await api.remove(`/studies/${encodeURIComponent(study.name)}`);
    if (mine !== visit) return;
    await list(mine);
    if (mine === visit) body.querySelector('h1').focus();
  }

  /** The study once its pictures are made. */
  async function prepared(name, mine) {
    for (;;) {
      const study = await api.get(`/studies/${encodeURIComponent(name)}`);
      if (mine !== visit) return null;
      if (study.state === 'failed') throw new Error(study.error ?? 'The study’s pictures could not be made.');
      if (study.state !== 'preparing') return study;
      if (!body.querySelector('.preparing')) {
        fill(body, h('div.blank.preparing', { role: 'status' }, h('h2', null, 'The pictures are being made'),
          h('p.lead', null, `Each of ${study.methods.join(', ')} makes ${format.plural(study.images, 'picture')}.`)));
      }
      await new Promise(resolve => setTimeout(resolve, 400));
      if (mine !== visit) return null;
    }
  }

  async function enter(name, mine) {
    const study = await prepared(name, mine);
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

  async function showResults(name, mine) {
    if (!await prepared(name, mine)) return;
    const results = await api.get(`/studies/${encodeURIComponent(name)}/results`);
    if (mine === visit) fill(body, h('div.scroll.fill', null, resultsPage(name, results)));
  }

  return {
    async show([name, part]) {
      vote?.leave();
      vote = null;
      const mine = ++visit;
      try {
        if (!name) await list(mine);
        else if (part === 'results') await showResults(name, mine);
        else await enter(name, mine);
      } catch (error) {
        if (mine !== visit) return;
        announce(error.message);
        fill(body, h('div.blank', null, h('h1', { tabindex: '-1' }, 'This can’t be shown'), h('p.lead', null, error.message), h('a.button', { href: '#blind' }, icon('again'), 'All studies')));
      }
    },
    receive(files) {
      if (!form?.element.isConnected) return complain('Pictures for a study are added in its form, under “All studies”.');
      form.receive(files);
    },
    hide() { visit++; vote?.leave(); vote = null; fill(body); },
  };
}
