import { h, unique } from './dom.js';
import { url } from './api.js';
import { explained } from './picture.js';

/**
 * A picture with a rectangle on it: drag to draw one, drag the rectangle to move it, its corner to size it; or with the
 * keys on the focused rectangle, arrows to move, Shift and arrows to size. In whole pixels of the picture.
 */
export class RegionPicker {
  constructor(onChange) {
    this.onChange = onChange;
    this.image = null;
    this.region = null;
    this.picture = explained(h('img', { alt: '', draggable: 'false' }));
    this.readout = h('p.small.soft', { id: unique('region'), 'aria-live': 'polite' });
    this.box = h('div.region-box', {
      tabindex: '0', role: 'group', 'aria-roledescription': 'region', 'aria-label': 'Region: arrow keys move it, Shift with arrow keys sizes it',
      'aria-describedby': this.readout.id, onkeydown: event => this.#key(event),
    }, h('i.corner'));
    this.frame = h('div.region-frame', { onpointerdown: event => this.#start(event), onpointermove: event => this.#move(event), onpointerup: () => this.#end(), onpointercancel: () => this.#end() },
      this.picture, this.box);
    this.element = h('div.region', { hidden: true }, this.frame, this.readout);
  }

  /** Shows a picture, with a region in its middle. */
  setImage(image) {
    this.image = image;
    this.element.hidden = false;
    this.picture.src = url(`/images/${image.id}/preview?max=1600`);
    this.element.style.setProperty('--shape', image.width / image.height);
    this.frame.style.aspectRatio = `${image.width} / ${image.height}`;
    const side = Math.max(8, Math.min(128, Math.round(Math.min(image.width, image.height) / 3)));
    this.set({ x: Math.round((image.width - side) / 2), y: Math.round((image.height - side) / 2), width: side, height: side });
  }

  set({ x, y, width, height }, { silent = false } = {}) {
    const { image } = this;
    const least = Math.min(8, image.width, image.height);
    width = Math.round(Math.min(image.width, Math.max(least, width)));
    height = Math.round(Math.min(image.height, Math.max(least, height)));
    x = Math.round(Math.min(image.width - width, Math.max(0, x)));
    y = Math.round(Math.min(image.height - height, Math.max(0, y)));
    this.region = { x, y, width, height };
    const style = this.box.style;
    style.left = `${x / image.width * 100}%`;
    style.top = `${y / image.height * 100}%`;
    style.width = `${width / image.width * 100}%`;
    style.height = `${height / image.height * 100}%`;
    this.readout.textContent = `${width} × ${height} at ${x}, ${y}`;
    if (!silent) this.onChange?.(this.region);
  }

  #point(event) {
    const box = this.frame.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, value));
    return {
      x: within((event.clientX - box.left) / box.width, 1) * this.image.width,
      y: within((event.clientY - box.top) / box.height, 1) * this.image.height,
    };
  }

  #start(event) {
    if (!this.image || event.button !== 0) return;
    event.preventDefault();
    this.box.focus({ preventScroll: true });
    this.frame.setPointerCapture(event.pointerId);
    const kind = event.target.closest('.corner') ? 'size' : event.target.closest('.region-box') ? 'move' : 'draw';
    this.drag = { kind, from: this.#point(event), region: this.region };
  }

  #move(event) {
    if (!this.drag) return;
    const { kind, from, region } = this.drag;
    const to = this.#point(event);
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    if (kind === 'move') this.set({ ...region, x: region.x + dx, y: region.y + dy }, { silent: true });
    else if (kind === 'size') {
      this.set({ ...region, width: Math.min(region.width + dx, this.image.width - region.x), height: Math.min(region.height + dy, this.image.height - region.y) }, { silent: true });
    }
    else if (Math.abs(dx) + Math.abs(dy) > 4) {
      this.set({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(dx), height: Math.abs(dy) }, { silent: true });
    }
  }

  #end() {
    if (!this.drag) return;
    this.drag = null;
    this.onChange?.(this.region);
  }

  #key(event) {
    const step = event.altKey ? 1 : 8;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!move) return;
    event.preventDefault();
    const { x, y, width, height } = this.region;
    this.set(event.shiftKey ? { x, y, width: width + move[0], height: height + move[1] } : { x: x + move[0], y: y + move[1], width, height });
  }
}
