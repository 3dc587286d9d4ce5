const least = 0.02;
const most = 64;

/**
 * One zoom and one centre, shared by any number of panes that show the same place of different pictures.
 * `zoom` is device pixels per pixel of the picture, so 1 shows pixels as they are on any screen.
 */
export class Viewport extends EventTarget {
  #panes = new Set();
  #frame = 0;
  #fit = true;

  constructor(width = 1, height = 1) {
    super();
    this.setContent(width, height);
  }

  setContent(width, height) {
    this.width = width;
    this.height = height;
    this.fit();
  }

  get isFit() { return this.#fit; }

  /** Shows `content`, stretched to the picture's size, inside `pane`, which clips it. Returns what takes it out again. */
  add(pane, content) {
    const entry = { pane, content };
    this.#panes.add(entry);
    this.#observer.observe(pane);
    this.#schedule();
    return () => {
      this.#panes.delete(entry);
      this.#observer.unobserve(pane);
    };
  }

  #observer = new ResizeObserver(() => {
    if (this.#fit) this.fit();
    else this.#changed();
  });

  #extent() {
    for (const { pane } of this.#panes) {
      if (pane.clientWidth > 0) return { width: pane.clientWidth, height: pane.clientHeight };
    }
    return { width: 1, height: 1 };
  }

  fit() {
    this.#fit = true;
    const extent = this.#extent();
    const ratio = window.devicePixelRatio || 1;
    this.zoom = Math.min(most, extent.width * ratio / this.width, extent.height * ratio / this.height);
    this.x = this.width / 2;
    this.y = this.height / 2;
    this.#changed();
  }

  /** Sets the zoom and keeps the picture's point under (px, py), in CSS pixels of the pane, where it is. */
  zoomTo(zoom, px, py) {
    const extent = this.#extent();
    px ??= extent.width / 2;
    py ??= extent.height / 2;
    const ratio = window.devicePixelRatio || 1;
    const next = Math.min(most, Math.max(least, zoom));
    const before = this.zoom / ratio;
    const after = next / ratio;
    this.x += (px - extent.width / 2) * (1 / before - 1 / after);
    this.y += (py - extent.height / 2) * (1 / before - 1 / after);
    this.zoom = next;
    this.#fit = false;
    this.#changed();
  }

  zoomBy(factor, px, py) { this.zoomTo(this.zoom * factor, px, py); }

  /** Moves the picture by CSS pixels. */
  panBy(dx, dy) {
    const scale = this.zoom / (window.devicePixelRatio || 1);
    this.x -= dx / scale;
    this.y -= dy / scale;
    this.#fit = false;
    this.#changed();
  }

  /** The picture's point under a point of the pane. */
  pointAt(px, py) {
    const extent = this.#extent();
    const scale = this.zoom / (window.devicePixelRatio || 1);
    return { x: this.x + (px - extent.width / 2) / scale, y: this.y + (py - extent.height / 2) / scale };
  }

  #changed() {
    this.#clamp();
    this.#schedule();
    this.dispatchEvent(new Event('change'));
  }

  #clamp() {
    const extent = this.#extent();
    const scale = this.zoom / (window.devicePixelRatio || 1);
    this.x = clampCentre(this.x, this.width, extent.width / scale);
    this.y = clampCentre(this.y, this.height, extent.height / scale);
  }

  /** Places the pictures anew, as one of them is another now. */
  refresh() { this.#schedule(); }

  #schedule() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const entry of this.#panes) this.#place(entry);
    });
  }

  #place({ pane, content }) {
    const ratio = window.devicePixelRatio || 1;
    const scale = this.zoom / ratio;
    const snap = value => Math.round(value * ratio) / ratio;
    const left = snap(pane.clientWidth / 2 - this.x * scale);
    const top = snap(pane.clientHeight / 2 - this.y * scale);
    content.style.width = `${this.width}px`;
    content.style.height = `${this.height}px`;
    content.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    content.classList.toggle('pixels', this.zoom >= 2);
    content.classList.toggle('enlarged', this.zoom * this.width >= content.naturalWidth);
  }
}

/** A picture smaller than the pane stays in the middle; a larger one leaves no gap. */
function clampCentre(centre, size, visible) {
  return visible >= size ? size / 2 : Math.min(size - visible / 2, Math.max(visible / 2, centre));
}

/**
 * Wheel, drag, pinch and double click on an element. `wheel` says whether a plain wheel zooms or only one with Ctrl or ⌘,
 * as on pages that scroll; `ignore` may keep a pointer for something else.
 */
export function addGestures(element, viewport, { wheel = 'plain', ignore = () => false } = {}) {
  const pointers = new Map();
  let origin = null;
  const paneOf = event => (event.target.closest('[data-pane]') ?? element).getBoundingClientRect();
  const local = (event, box = paneOf(event)) => ({ x: event.clientX - box.left, y: event.clientY - box.top });

  element.addEventListener('wheel', event => {
    if (wheel !== 'plain' && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    const at = local(event);
    viewport.zoomBy(Math.exp(-Math.max(-120, Math.min(120, lines)) * (event.ctrlKey ? 0.01 : 0.0025)), at.x, at.y);
  }, { passive: false });

  element.addEventListener('pointerdown', event => {
    if (event.button !== 0 || ignore(event)) return;
    if (pointers.size === 0) origin = paneOf(event);
    pointers.set(event.pointerId, local(event, origin));
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', event => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const now = local(event, origin);
    if (pointers.size === 1) viewport.panBy(now.x - last.x, now.y - last.y);
    else if (pointers.size === 2) pinch(viewport, last, now, [...pointers].find(([id]) => id !== event.pointerId)[1]);
    pointers.set(event.pointerId, now);
  });
  const up = event => pointers.delete(event.pointerId);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);

  element.addEventListener('dblclick', event => {
    if (ignore(event)) return;
    const at = local(event);
    if (viewport.isFit) viewport.zoomTo(Math.max(1, viewport.zoom * 3), at.x, at.y);
    else viewport.fit();
  });
  viewport.addEventListener('change', () => element.classList.toggle('zoomed', !viewport.isFit));
}

function pinch(viewport, last, now, other) {
  const before = Math.hypot(last.x - other.x, last.y - other.y);
  const after = Math.hypot(now.x - other.x, now.y - other.y);
  viewport.panBy((now.x - last.x) / 2, (now.y - last.y) / 2);
  if (before > 4) viewport.zoomBy(after / before, (now.x + other.x) / 2, (now.y + other.y) / 2);
}

/** What every place with a viewport understands: + − 0 1. Returns whether the key was one of them. */
export function zoomKey(event, viewport) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case '+': case '=': viewport.zoomBy(1.5); return true;
    case '-': viewport.zoomBy(1 / 1.5); return true;
    case '0': viewport.fit(); return true;
    case '1': viewport.zoomTo(1); return true;
    default: return false;
  }
}

/** Moves the picture with the arrow keys. Returns whether the key was one of them. */
export function panKey(event, viewport) {
  const step = 60;
  const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  const move = moves[event.key];
  if (move) viewport.panBy(...move);
  return Boolean(move);
}
