import { complain, fill, h } from './dom.js';
import { url } from './api.js';
import { fileButton } from './files.js';
import * as session from './session.js';

/** The pictures that the server already has, as small buttons, and one to bring another. */
export class PictureChooser {
  #list = h('div.chips', { role: 'group' });
  #shown = null;

  constructor(label, onChoose) {
    this.onChoose = onChoose;
    this.chosen = null;
    this.#list.setAttribute('aria-label', label);
    this.element = h('div.field', null, h('span.label', null, label), this.#list, fileButton('Choose a picture', files => this.receive(files)));
    session.onChange(() => this.#draw());
    this.#draw();
  }

  /** Sends the first of the files and chooses it. */
  async receive(files) {
    if (!files[0]) return;
    this.element.setAttribute('aria-busy', 'true');
    try {
      this.choose(await session.sendFile(files[0]));
    } catch (error) {
      complain(`${files[0].name}: ${error.message}`);
    } finally {
      this.element.removeAttribute('aria-busy');
    }
  }

  choose(image) {
    this.chosen = image;
    this.#draw();
    this.onChoose(image);
  }

  /** Chooses the newest picture if none is chosen yet. */
  ensure() {
    const images = session.uploads();
    if (!this.chosen && images.length > 0) this.choose(images[images.length - 1]);
  }

  #draw() {
    const images = session.uploads().slice(-8);
    const shown = [this.chosen?.id, ...images.map(image => image.id)].join(' ');
    if (this.#shown === shown) return;
    this.#shown = shown;
    this.#list.hidden = images.length === 0;
    const focused = document.activeElement?.dataset?.image;
    fill(this.#list, images.map(image => h('button.chip', {
      type: 'button', title: image.name, 'data-image': image.id, 'aria-label': image.name, 'aria-pressed': String(image.id === this.chosen?.id),
      onclick: () => this.choose(image),
    }, h('img', { src: url(`/images/${image.id}/preview?max=128`), alt: '', width: '52', height: '52' }))));
    if (focused) this.#list.querySelector(`[data-image="${CSS.escape(focused)}"]`)?.focus();
  }
}
