import { announce, fill, h } from '../dom.js';
import { url } from '../api.js';
import { bars } from '../chart.js';
import { addGestures, panKey, Viewport, zoomKey } from '../viewport.js';
import { zoomControls } from '../zoom-controls.js';

/** The blocks of an answer, one at a time, with a slider through them. */
export class AttentionDepth {
  #answer = null;

  constructor() {
    this.viewport = new Viewport();
    this.picture = h('img', { alt: '', draggable: 'false' });
    this.map = h('img.heat', { alt: '', draggable: 'false' });
    this.layers = h('div.layer', null, this.picture, this.map);
    this.stage = h('div.stage.attention-stage', { tabindex: '0', role: 'group', 'aria-label': 'Spatial attention over the picture: plus and minus zoom, arrow keys move', 'data-pane': '' },
      h('div.pane', null, this.layers));
    this.viewport.add(this.stage.firstChild, this.layers);
    addGestures(this.stage, this.viewport);
    this.stage.addEventListener('keydown', event => {
      if (zoomKey(event, this.viewport) || panKey(event, this.viewport)) event.preventDefault();
    });
    this.slider = h('input', { type: 'range', min: '0', value: '0', id: 'depth', oninput: () => this.#select(Number(this.slider.value)) });
    this.opacity = h('input', { type: 'range', min: '0', max: '100', value: '65', id: 'opacity', oninput: () => this.#fade() });
    this.title = h('h2');
    this.range = h('p.small.soft');
    // The map is stretched: its ends are the block's lowest and highest weight, however near they are to each other.
    this.low = h('span');
    this.high = h('span');
    this.legend = h('div.legend.small.soft', { 'aria-hidden': 'true' }, this.low, h('i'), this.high);
    this.strip = h('div.depth-strip', { 'aria-hidden': 'true' });
    this.channels = h('div.channels');
    this.sorted = h('input', { type: 'checkbox', onchange: () => this.#bars() });
    this.table = h('details', null, h('summary', null, 'The numbers'), h('div'));
    this.element = h('div.viewer', { hidden: true },
      h('div.toolbar.above', null,
        h('div.depth-field', null, h('label', { for: 'depth' }, 'Depth'), this.slider),
        h('div.depth-field.narrow', null, h('label', { for: 'opacity' }, 'Map'), this.opacity), h('span.spring'), zoomControls(this.viewport)),
      h('div.attention-body', null, this.stage,
        h('div.attention-side.scroll', null, this.title, this.range, this.legend, this.strip,
          h('div.row', null, h('h3', null, 'Channel weights'), h('span.spring'), h('label.check', null, this.sorted, h('span', null, 'sorted'))),
          this.channels, this.table)));
    this.#fade();
  }

  async show(answer, { image, region, model }) {
    this.#answer = answer;
    this.element.hidden = false;
    this.viewport.setContent(region.width, region.height);
    this.model = model;
    const place = this.picture.style;
    place.width = `${image.width}px`;
    place.height = `${image.height}px`;
    place.left = `${-region.x}px`;
    place.top = `${-region.y}px`;
    this.picture.src = url(`/images/${image.id}/preview`);
    const last = answer.layers.length - 1;
    this.slider.max = String(last);
    this.slider.value = String(Math.min(Number(this.slider.value), last));
    fill(this.strip, answer.layers.map((layer, index) => h('button', { type: 'button', tabindex: '-1', title: layer.name, onclick: () => { this.slider.value = index; this.#select(index); } },
      layer.spatial && h('img', { src: layer.spatial.url, alt: '' }))));
    this.#select(Number(this.slider.value));
    announce(`${answer.layers.length} attention blocks of ${model}.`);
  }

  #select(index) {
    const layer = this.#answer.layers[index];
    const total = this.#answer.layers.length;
    this.title.textContent = layer.name;
    this.slider.setAttribute('aria-valuetext', `Block ${index + 1} of ${total}, ${layer.name}`);
    const spatial = layer.spatial;
    this.range.textContent = `Block ${index + 1} of ${total} of ${this.model}. ${spatial ? `Spatial weights from ${spatial.min.toFixed(3)} to ${spatial.max.toFixed(3)}.` : 'No spatial attention.'}`;
    this.map.hidden = this.legend.hidden = !spatial;
    if (spatial) {
      this.map.src = spatial.url;
      this.low.textContent = spatial.min.toFixed(3);
      this.high.textContent = spatial.max.toFixed(3);
    }

    [...this.strip.children].forEach((button, place) => button.classList.toggle('chosen', place === index));
    this.#layer = layer;
    this.#bars();
  }

  #layer = null;

  #bars() {
    const weights = this.#layer.channelWeights;
    if (!weights) {
      fill(this.channels, h('p.small.soft', null, 'This block has no channel attention.'));
      this.table.hidden = true;
      return;
    }
    const entries = weights.map((weight, channel) => ({ label: `channel ${channel}`, value: weight }));
    if (this.sorted.checked) entries.sort((a, b) => b.value - a.value);
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const least = Math.min(...weights), most = Math.max(...weights);
    fill(this.channels, bars(entries, { maximum: 1, label: `${weights.length} channel weights from ${least.toFixed(3)} to ${most.toFixed(3)}, mean ${mean.toFixed(3)}` }),
      h('p.small.soft', null, `${weights.length} channels · lowest ${least.toFixed(3)} · mean ${mean.toFixed(3)} · highest ${most.toFixed(3)}`));
    this.table.hidden = false;
    fill(this.table.lastChild, h('p.small.numbers', null, entries.map(({ label, value }) => `${label.slice(8)}: ${value.toFixed(4)}`).join('  ')));
  }

  #fade() { this.map.style.opacity = this.opacity.value / 100; }
}
