import { announce, fill, h } from './dom.js';

/** One bar a value, from 0 to the maximum. */
export function bars(entries, { maximum, label }) {
  const width = 10 * entries.length;
  return h('svg.bars', { viewBox: `0 0 ${width} 100`, preserveAspectRatio: 'none', width: '100%', height: '150', role: 'img', 'aria-label': label },
    [0, 25, 50, 75].map(y => h('line.grid-line', { x1: 0, x2: width, y1: y, y2: y })),
    entries.map(({ label: name, value }, index) => {
      const height = Math.max(.6, Math.min(1, value / maximum) * 100);
      return h('g', null, h('rect.bar-hit', { x: index * 10, y: 0, width: 10, height: 100 }),
        h('rect.bar', { x: index * 10 + 1, y: 100 - height, width: 8, height }), h('title', null, `${name}: ${value.toFixed(4)}`));
    }));
}

/** A share with its interval on an axis from 0 to 1, with a mark at one half. */
export function interval(value, low, high) {
  const at = share => `${(share * 100).toFixed(2)}%`;
  return h('svg.interval', { width: '160', height: '18', 'aria-hidden': 'true' },
    h('line.grid-line', { x1: 0, x2: '100%', y1: 9, y2: 9 }), h('line.half', { x1: '50%', x2: '50%', y1: 1, y2: 17 }),
    h('line.span', { x1: at(low), x2: at(high), y1: 9, y2: 9 }), h('circle.dot', { cx: at(value), cy: 9, r: 4.5 }));
}

/** Differences with their intervals on one axis through zero; what excludes zero is drawn full. */
export function differences(rows, unit) {
  const reach = Math.max(...rows.flatMap(({ mean, interval: [low, high] }) => [Math.abs(mean), Math.abs(low), Math.abs(high)])) * 1.1 || 1;
  const at = value => `${(50 + value / reach * 50).toFixed(2)}%`;
  return h('div.differences', null,
    rows.map(({ name, mean, interval: [low, high] }) => h('div.difference', null, h('span', null, name),
      h('svg.interval', { width: '100%', height: '20', role: 'img', 'aria-label': `${name}: ${mean.toFixed(3)} ${unit}, from ${low.toFixed(3)} to ${high.toFixed(3)}` },
        h('line.grid-line', { x1: 0, x2: '100%', y1: 10, y2: 10 }), h('line.half', { x1: '50%', x2: '50%', y1: 0, y2: 20 }),
        h(low > 0 || high < 0 ? 'line.span' : 'line.span.unsure', { x1: at(low), x2: at(high), y1: 10, y2: 10 }), h('circle.dot', { cx: at(mean), cy: 10, r: 4.5 })),
      h('b', null, `${mean > 0 ? '+' : ''}${mean.toFixed(2)} ${unit}`))),
    h('div.difference.axis.small.soft', { 'aria-hidden': 'true' }, h('span'), h('span.row', null, h('span', null, 'worse'), h('span.spring'), h('span', null, '0'), h('span.spring'), h('span', null, 'better')), h('span')));
}

/** Steps of 1, 2 or 5 times a power of ten. */
export function ticks(low, high, wanted) {
  const raw = (high - low) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= raw);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-6; value += step) found.push(Number(value.toPrecision(12)));
  return found;
}

const shortNumber = value => Math.abs(value) >= 1e6 ? `${value / 1e6}M` : Math.abs(value) >= 1e4 ? `${value / 1e3}k` : String(value);

/** Curves over steps, drawn as the numbers come; the pointer and the arrow keys read them off. */
export class LineChart {
  #series = [];
  #size = { width: 600, height: 240 };
  #at = null;

  constructor(title, unit, { logarithmic = false } = {}) {
    this.title = title;
    this.unit = unit;
    this.logarithmic = logarithmic;
    this.svg = h('svg.line-chart', { width: '100%', height: this.#size.height, role: 'img', tabindex: '0' });
    this.readout = h('p.small.soft.readout');
    this.element = h('figure.card.chart', null, h('figcaption', null, h('h3', null, title), this.readout), this.svg);
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width > 0 && width !== this.#size.width) { this.#size.width = width; this.#draw(); }
    }).observe(this.svg);
    this.svg.addEventListener('pointermove', event => this.#read(event));
    this.svg.addEventListener('pointerleave', () => { this.#at = null; this.#draw(); });
    this.svg.addEventListener('keydown', event => this.#key(event));
  }

  /** series: [{ name, points: [[x, y], …] }] with rising x. */
  update(series) {
    this.#series = series.map(({ name, points }) => ({ name, points: points.filter(([, y]) => Number.isFinite(y) && (!this.logarithmic || y > 0)) }));
    this.#draw();
  }

  #scales() {
    const points = this.#series.flatMap(one => one.points);
    const [left, right, top, bottom] = [52, 14, 10, 26];
    const { width, height } = this.#size;
    const convert = this.logarithmic ? Math.log10 : value => value;
    const xs = points.map(([x]) => x), ys = points.map(([, y]) => convert(y));
    const x0 = Math.min(0, ...xs), x1 = Math.max(1, ...xs);
    let y0 = Math.min(...ys), y1 = Math.max(...ys);
    const room = (y1 - y0) * .08 || Math.abs(y1) * .05 || 1;
    y0 -= room; y1 += room;
    return {
      x: value => left + (value - x0) / (x1 - x0) * (width - left - right),
      y: value => height - bottom - (convert(value) - y0) / (y1 - y0) * (height - top - bottom),
      xTicks: ticks(x0, x1, Math.max(2, Math.floor(width / 110))),
      yTicks: this.logarithmic ? logarithmicTicks(y0, y1) : ticks(y0, y1, 4),
      left, right, top, bottom, width, height,
    };
  }

  #draw() {
    const drawn = this.#series.filter(one => one.points.length > 0);
    if (drawn.length === 0) {
      fill(this.svg, h('text.empty', { x: '50%', y: '50%', 'text-anchor': 'middle' }, 'Nothing measured yet'));
      this.readout.textContent = '';
      this.svg.setAttribute('aria-label', `${this.title}: nothing measured yet`);
      return;
    }
    const s = this.#scales();
    fill(this.svg,
      s.yTicks.map(value => [h('line.grid-line', { x1: s.left, x2: s.width - s.right, y1: s.y(value), y2: s.y(value) }),
        h('text', { x: s.left - 8, y: s.y(value) + 4, 'text-anchor': 'end' }, shortNumber(value))]),
      s.xTicks.map(value => h('text', { x: s.x(value), y: s.height - 6, 'text-anchor': 'middle' }, shortNumber(value))),
      drawn.map((one, index) => h(`polyline.curve.curve-${index}`, { points: one.points.map(([x, y]) => `${s.x(x).toFixed(1)},${s.y(y).toFixed(1)}`).join(' ') })),
      drawn.map((one, index) => this.#marker(one, index, s)));
    this.svg.setAttribute('aria-label', `${this.title}. ${drawn.map(one => `${one.name}: ${one.points.length} values, last ${one.points[one.points.length - 1][1].toPrecision(4)} ${this.unit}`).join('; ')}`);
    this.#describe(drawn);
  }

  #marker(one, index, s) {
    const [x, y] = this.#nearest(one);
    return h(`circle.curve-dot.curve-${index}`, { cx: s.x(x), cy: s.y(y), r: 4 });
  }

  #nearest({ points }) {
    if (this.#at === null) return points[points.length - 1];
    return points.reduce((best, point) => Math.abs(point[0] - this.#at) < Math.abs(best[0] - this.#at) ? point : best);
  }

  #describe(drawn) {
    const step = this.#nearest(drawn[0])[0];
    fill(this.readout, `step ${step.toLocaleString('en')}`, drawn.map((one, index) =>
      h(`span.key.curve-${index}`, null, ` ${one.name} `, h('b', null, `${Number(this.#nearest(one)[1].toPrecision(5))}${this.unit ? ` ${this.unit}` : ''}`))));
  }

  #read(event) {
    const longest = this.#series.find(one => one.points.length > 0);
    if (!longest) return;
    const s = this.#scales();
    const px = event.clientX - this.svg.getBoundingClientRect().left;
    this.#at = longest.points.reduce((best, [x]) => Math.abs(s.x(x) - px) < Math.abs(s.x(best) - px) ? x : best, longest.points[0][0]);
    this.#draw();
  }

  #key(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const longest = this.#series.find(one => one.points.length > 0);
    if (!move || !longest) return;
    event.preventDefault();
    const index = longest.points.findIndex(([x]) => x === this.#nearest(longest)[0]);
    this.#at = longest.points[Math.min(longest.points.length - 1, Math.max(0, index + move))][0];
    this.#draw();
    announce(this.readout.textContent);
  }
}

function logarithmicTicks(low, high) {
  const all = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) for (const factor of [1, 2, 5]) all.push(Number((factor * 10 ** power).toPrecision(3)));
  const inside = all.filter(value => Math.log10(value) >= low && Math.log10(value) <= high);
  return inside.length > 6 ? inside.filter(value => Number.isInteger(Math.log10(value)) || inside.length < 8) : inside;
}
