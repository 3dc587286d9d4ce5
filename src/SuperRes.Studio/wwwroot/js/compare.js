import { h } from './dom.js';
import { addGestures, panKey, Viewport, zoomKey } from './viewport.js';
import { Lens } from './lens.js';
import { load } from './picture.js';
import '../vendor/img-comparison-slider/img-comparison-slider.js';

/**
 * Two pictures of one place under a divider, with zoom, pan and a lens over both.
 * The divider is img-comparison-slider; what it lacks is added here: a slider's role and value, single key steps, and
 * panes whose pictures move together.
 */
export class Compare {
  constructor() {
    this.viewport = new Viewport();
    this.first = this.#pane('first');
    this.second = this.#pane('second');
    this.handle = h('div.divider-grip', { slot: 'handle' }, h('i'));
    this.slider = h('img-comparison-slider', {
      handle: 'true', keyboard: 'disabled', value: '50', tabindex: '0', role: 'slider',
      'aria-orientation': 'horizontal', 'aria-valuemin': '0', 'aria-valuemax': '100',
    }, this.first.pane, this.second.pane, this.handle);
    this.tags = { first: h('span.tag.tag-left'), second: h('span.tag.tag-right') };
    this.lens = new Lens(this.viewport, this.first.image, this.second.image);
    this.element = h('div.stage', { 'data-pane': '' }, this.slider, this.tags.first, this.tags.second, this.lens.element);
    this.viewport.add(this.first.pane, this.first.image);
    this.viewport.add(this.second.pane, this.second.image);
    this.#listen();
    this.#describe();
  }

  #pane(slot) {
    const image = h('img', { alt: '', draggable: 'false' });
    return { image, pane: h('div.pane', { slot }, image) };
  }

  #listen() {
    const { slider, element, viewport } = this;
    new ResizeObserver(() => element.style.setProperty('--stage-height', `${element.clientHeight}px`)).observe(element);
    slider.addEventListener('slide', () => this.#describe());
    slider.addEventListener('keydown', event => this.#key(event));
    addGestures(element, viewport, {
      ignore: event => this.#onGrip(event) || (this.lens.on && event.pointerType === 'touch'),
    });
    element.addEventListener('pointermove', event => {
      element.classList.toggle('on-grip', this.#onGrip(event));
      this.lens.moveTo(event);
    });
  }

  #onGrip(event) {
    const box = this.handle.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  }

  #key(event) {
    if (zoomKey(event, this.viewport)) return event.preventDefault();
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      event.preventDefault();
      return this.lens.on ? this.lens.key(event) : panKey(event, this.viewport);
    }
    const next = { ArrowLeft: this.slider.value - 2, ArrowRight: this.slider.value + 2, ArrowDown: this.slider.value - 2, ArrowUp: this.slider.value + 2,
      PageDown: this.slider.value - 20, PageUp: this.slider.value + 20, Home: 0, End: 100 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.set(next);
  }

  /** Puts the divider at a percentage from the left. */
  set(value) {
    this.slider.value = Math.min(100, Math.max(0, value));
    this.#describe();
  }

  #describe() {
    const value = Math.round(this.slider.value);
    this.slider.setAttribute('aria-valuenow', value);
    this.slider.setAttribute('aria-valuetext', `${value} % ${this.names?.first ?? 'left'}, ${100 - value} % ${this.names?.second ?? 'right'}`);
    this.tags.first.classList.toggle('covered', value < 8);
    this.tags.second.classList.toggle('covered', value > 92);
  }

  /** Names the two sides. */
  label(first, second) {
    this.names = { first, second };
    this.tags.first.textContent = first;
    this.tags.second.textContent = second;
    this.slider.setAttribute('aria-label', `Divider between ${first} on the left and ${second} on the right`);
    this.#describe();
  }

  /** The size that both pictures are shown at; keeps zoom and place when it stays the same. */
  setContent(width, height) {
    if (this.viewport.width !== width || this.viewport.height !== height) this.viewport.setContent(width, height);
  }

  /** What is on its way is no longer wanted. */
  forget() { this.first.wanted = this.second.wanted = null; }

  /** Shows a picture on a side once it is decoded, so that nothing flashes. Answers whether it is still wanted by then. */
  async show(side, address, { nearest = false } = {}) {
    const { image } = this[side];
    this[side].wanted = address;
    await load(address);
    if (this[side].wanted !== address) return false;
    image.src = address;
    await image.decode().catch(() => {});
    image.classList.toggle('nearest', nearest);
    this.viewport.refresh();
    this.lens.draw();
    return true;
  }
}
