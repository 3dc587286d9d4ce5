import { h } from './dom.js';

/** Two magnified squares beside the pointer: the same spot of both pictures, wherever the divider stands. */
export class Lens {
  #spot = null;

  constructor(viewport, first, second) {
    this.viewport = viewport;
    this.images = [first, second];
    this.canvases = [h('canvas'), h('canvas')];
    this.on = false;
    this.element = h('div.lens', { hidden: true, 'aria-hidden': 'true' }, this.canvases);
    viewport.addEventListener('change', () => this.on && requestAnimationFrame(() => this.draw()));
  }

  toggle(on = !this.on) {
    this.on = on;
    this.element.parentElement.classList.toggle('has-lens', on);
    if (on) {
      const box = this.element.parentElement;
      this.#spot = { x: box.clientWidth / 2, y: box.clientHeight / 2 };
      this.element.hidden = false;
      this.draw();
    } else {
      this.element.hidden = true;
    }
    return on;
  }

  moveTo(event) {
    if (!this.on) return;
    const box = this.element.parentElement.getBoundingClientRect();
    this.#spot = { x: event.clientX - box.left, y: event.clientY - box.top };
    this.draw();
  }

  key(event) {
    const step = 12;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const [dx, dy] = moves[event.key];
    const box = this.element.parentElement;
    this.#spot = { x: Math.min(box.clientWidth, Math.max(0, this.#spot.x + dx)), y: Math.min(box.clientHeight, Math.max(0, this.#spot.y + dy)) };
    this.draw();
  }

  draw() {
    if (!this.on || !this.#spot) return;
    const ratio = window.devicePixelRatio || 1;
    const zoom = Math.max(3 * ratio, this.viewport.zoom * 3);
    const point = this.viewport.pointAt(this.#spot.x, this.#spot.y);
    const pixels = Math.round(this.canvases[0].clientWidth * ratio);
    this.canvases.forEach((canvas, index) => {
      if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
      this.#paint(canvas.getContext('2d'), this.images[index], point, zoom, pixels);
    });
    this.#place();
  }

  #paint(context, image, point, zoom, pixels) {
    context.clearRect(0, 0, pixels, pixels);
    if (!image.naturalWidth) return;
    const sx = image.naturalWidth / this.viewport.width;
    const sy = image.naturalHeight / this.viewport.height;
    context.imageSmoothingEnabled = false;
    const span = pixels / zoom;
    context.drawImage(image, (point.x - span / 2) * sx, (point.y - span / 2) * sy, span * sx, span * sy, 0, 0, pixels, pixels);
  }

  #place() {
    const box = this.element.parentElement;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const gap = 24;
    const x = Math.min(box.clientWidth - width - 4, Math.max(4, this.#spot.x - width / 2));
    const above = this.#spot.y - height - gap;
    const y = above > 4 ? above : Math.min(this.#spot.y + gap, box.clientHeight - height - 4);
    this.element.style.transform = `translate(${x}px, ${y}px)`;
  }
}
