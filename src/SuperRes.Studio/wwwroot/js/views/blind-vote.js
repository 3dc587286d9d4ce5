import { announce, complain, fill, h, icon } from '../dom.js';
import * as api from '../api.js';
import { addGestures, Viewport, zoomKey } from '../viewport.js';
import { keyHelp, zoomControls } from '../zoom-controls.js';
import { load } from '../picture.js';

const names = { left: 'left', right: 'right', same: 'the same' };

/** One voter's way through a study: a pair, a key, the next pair. */
export class BlindVote {
  #pair = null;
  #last = null;
  #skipped = new Set();
  #busy = false;
  #onKey = event => this.#key(event);

  constructor(study, voter) {
    this.study = study.name;
    this.voter = voter;
    this.maySame = study.kind === 'triple';
    this.path = `/studies/${encodeURIComponent(study.name)}`;
    this.viewport = new Viewport();
    this.sides = { left: this.#side('left', 'Left'), original: this.#side('original', 'Original'), right: this.#side('right', 'Right') };
    this.sides.original.element.hidden = true;
    this.row = h('div.vote-row', null, this.sides.left.element, this.sides.original.element, this.sides.right.element);
    addGestures(this.row, this.viewport);
    const button = (choice, label, key) => h('button.button', { type: 'button', 'data-choice': choice, onclick: () => this.#vote(choice) }, label, h('kbd', null, key));
    this.buttons = [button('left', 'Left is better', '←'), this.maySame && button('same', 'The same', 'space'), button('right', 'Right is better', '→')].filter(Boolean);
    this.choices = h(`div.vote-buttons${this.maySame ? '' : '.two'}`, null, this.buttons);
    this.original = h('button.button', { type: 'button', hidden: true, 'aria-pressed': 'false', onclick: () => this.#toggleOriginal() }, 'Original', h('kbd', null, 'O'));
    this.undo = h('button.button', { type: 'button', disabled: true, onclick: () => this.#undo() }, icon('again'), 'Back', h('kbd', null, 'backspace'));
    this.done = h('p.small', { role: 'status' });
    this.bar = h('i');
    this.meter = h('span.meter', { role: 'progressbar', 'aria-label': 'Votes given', 'aria-valuemin': '0' }, this.bar);
    this.body = h('div.vote-body', null, this.row, this.choices);

    // A button that was clicked keeps the focus, and the next space would press it once more.
    const leaveButton = event => { if (event.detail > 0 && event.target.closest('button')) this.focus(); };
    this.element = h('div.vote.fill', { onclick: leaveButton },
      h('header.toolbar.above', null, h('a.small', { href: '#blind' }, 'All studies'), h('h1.vote-title', { tabindex: '-1' }, study.name), h('span.spring'),
        this.done, this.meter, this.undo, this.original, zoomControls(this.viewport)),
      this.body, h('footer.vote-foot', null, keyHelp([['←', '→'], 'the better one'], ...this.maySame ? [[['space'], 'the same']] : [], [['backspace'], 'back'], [['+', '−', '0'], 'zoom'])));
  }

  #side(side, label) {
    const image = h('img', { alt: `${label} picture`, draggable: 'false' });
    const pane = h('div.pane', { 'data-pane': '' }, image);
    this.viewport.add(pane, image);
    return { image, element: h('figure.vote-side', { 'data-side': side }, pane, h('figcaption.tag.tag-left', null, label)) };
  }

  leave() { removeEventListener('keydown', this.#onKey); }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const choice = { ArrowLeft: 'left', ArrowRight: 'right', ' ': this.maySame ? 'same' : undefined }[event.key];
    // Space on a button or link that has the focus is that button's.
    if (event.key === ' ' && event.target.closest('button, a')) return;
    if (choice) { event.preventDefault(); if (!event.repeat) this.#vote(choice); }
    else if (event.key === 'Backspace') { event.preventDefault(); this.#undo(); }
    else if (event.key === 'o' || event.key === 'O') this.#toggleOriginal();
    else if (zoomKey(event, this.viewport)) event.preventDefault();
  }

  /** What comes next. Fails where the server refuses the voter's name. */
  ask() {
    const skipped = [...this.#skipped].map(pair => `&skip=${pair}`).join('');
    return api.get(`${this.path}/next?voter=${encodeURIComponent(this.voter)}${skipped}`);
  }

  /** Takes up the keys and shows what comes first. */
  async begin(next) {
    addEventListener('keydown', this.#onKey);
    this.#setBusy(true);
    await this.#present(next);
    this.#setBusy(false);
  }

  async #next() {
    this.#setBusy(true);
    try {
      await this.#present(await this.ask());
    } catch (error) {
      this.#showTrouble('The next pair did not come', error, () => this.#next());
    } finally {
      this.#setBusy(false);
    }
  }

  async #present(next) {
    this.#progress(next.done, next.total);
    if (next.pair) await this.#tryToShow(next);
    else this.#finish(next);
  }

  /** Shows a pair, or why it can't be shown and what may be done then. */
  async #tryToShow(pair) {
    try {
      await this.#show(pair);
    } catch (error) {
      const again = async () => {
        this.#setBusy(true);
        await this.#tryToShow(pair);
        this.#setBusy(false);
      };
      const skip = () => {
        this.#skipped.add(pair.pair);
        this.#next();
      };
      this.#showTrouble('This pair can’t be shown', error, again, skip);
    }
  }

  #showTrouble(what, error, again, skip) {
    this.#pair = null;
    delete this.element.dataset.pair;
    this.original.hidden = true;
    const button = (onclick, ...label) => h('button.button', { type: 'button', onclick: () => this.#busy || onclick() }, label);
    const title = h('h2', { tabindex: '-1' }, what);
    fill(this.body, h('div.blank', null, title, h('p.lead', null, error.message),
      h('div.row', null, button(again, icon('again'), 'Try again'), skip && button(skip, 'Skip'))));
    announce(`${what}. ${error.message}`);
    title.focus();
  }

  /** Shows both sides in the same moment: a side that comes first would be judged longer. */
  async #show(pair) {
    // An original that can't be read is no obstacle: the two sides can be judged without it.
    const [size, , original] = await Promise.all([load(pair.left), load(pair.right), pair.original && load(pair.original).then(() => pair.original, () => null)]);
    const wanted = { left: pair.left, right: pair.right, original };
    if (!this.row.isConnected) {
      fill(this.body, this.row, this.choices);
      this.focus();
    }
    if (this.viewport.width !== size.naturalWidth || this.viewport.height !== size.naturalHeight) this.viewport.setContent(size.naturalWidth, size.naturalHeight);
    else this.viewport.fit();
    for (const [side, address] of Object.entries(wanted)) if (address) this.sides[side].image.src = address;
    this.original.hidden = !original;
    this.#layOut(Boolean(original) && this.original.getAttribute('aria-pressed') === 'true');
    this.#pair = pair;
    this.element.dataset.pair = pair.pair;
  }

  #toggleOriginal() {
    if (this.original.hidden) return;
    const shown = this.original.getAttribute('aria-pressed') !== 'true';
    this.original.setAttribute('aria-pressed', shown);
    this.#layOut(shown);
  }

  #layOut(three) {
    this.sides.original.element.hidden = !three;
    this.row.classList.toggle('three', three);
  }

  async #vote(choice) {
    if (this.#busy || !this.#pair) return;
    this.#setBusy(true);
    const pair = this.#pair;
    try {
      await api.post(`${this.path}/votes`, { voter: this.voter, study: pair.study, pair: pair.pair, choice });
      this.#last = pair;
      this.#pair = null;
      announce(`Voted: ${names[choice]}.`);
    } catch (error) {
      complain(error);
      this.#setBusy(false);
      return;
    }
    await this.#next();
  }

  /** Shows the pair before once more; a vote on it takes the place of the earlier one. */
  async #undo() {
    if (this.#busy || !this.#last) return;
    this.#setBusy(true);
    try {
      await this.#show(this.#last);
      this.#last = null;
      announce('The pair before is shown again.');
    } catch (error) {
      complain(error);
    } finally {
      this.#setBusy(false);
    }
  }

  #progress(done, total) {
    this.done.textContent = `${done} of ${total}`;
    this.meter.setAttribute('aria-valuemax', total);
    this.meter.setAttribute('aria-valuenow', done);
    this.bar.style.width = `${total > 0 ? done / total * 100 : 0}%`;
  }

  #setBusy(busy) {
    this.#busy = busy;
    for (const button of this.buttons) button.setAttribute('aria-disabled', busy);
    this.undo.disabled = busy || !this.#last;
  }

  #finish({ done, total }) {
    this.#pair = null;
    this.original.hidden = true;
    delete this.element.dataset.pair;
    const said = total === 0 ? 'This study has no pairs.'
      : done < total ? `You have voted on ${done} of ${total} pairs. What you skipped comes again with your next visit.`
      : `You have voted on all ${total} pairs.`;
    announce(said);
    fill(this.body, h('div.blank', null, h('h2', null, `Thank you, ${this.voter}`), h('p.lead', null, said),
      h('a.button.primary', { href: `#blind/${encodeURIComponent(this.study)}/results` }, 'See the results')));
    this.focus();
  }

  focus() { this.element.querySelector('h1').focus({ preventScroll: true }); }
}
