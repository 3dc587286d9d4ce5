import { field, h, options, segmented } from '../dom.js';
import { info, model as modelNamed } from '../session.js';
import { parameters } from '../format.js';

const scales = [2, 3, 4, 8];

/** Models in two groups, for a select. */
export function modelGroups(accept = () => true) {
  const of = kind => info.models.filter(model => model.kind === kind && accept(model))
    .map(model => ({ id: model.name, label: model.label && model.label.toLowerCase() !== model.name ? `${model.name} · ${model.label}` : model.name }));
  return [{ label: 'Networks', items: of('network') }, { label: 'Classical', items: of('classical') }];
}

/** All models, networks before formulas. */
export const networksFirst = () => [...info.models].sort((a, b) => (a.kind === 'classical') - (b.kind === 'classical'));

/** Whether a model can make this scale: a network makes its own scales and what lies below the largest of them. */
export const canMake = (model, scale) => !model.scales || Math.max(...model.scales) >= scale;

/** Model, scale, ensemble and format of the jobs to come. */
export class Settings {
  #modelChosen = false;

  constructor() {
    this.model = h('select', { onchange: () => { this.#modelChosen = true; this.#modelChanged(); } });
    this.scale = segmented('Scale', [], 4, () => this.#scaleChanged());
    this.ensemble = h('input', { type: 'checkbox', role: 'switch' });
    this.format = h('select', { onchange: () => this.#formatChanged() });
    this.quality = h('input', { type: 'range', min: '1', max: '100', value: '92', oninput: () => { this.qualityValue.textContent = this.quality.value; } });
    this.qualityValue = h('output', null, '92');
    this.note = h('p.hint', { id: 'model-note', 'aria-live': 'polite' });
    this.qualityField = field('Quality', this.quality);
    this.qualityField.querySelector('label').append(' ', this.qualityValue);
    this.ensembleField = h('label.switch', null, this.ensemble, h('span', null, 'Self-ensemble ×8',
      h('span.hint', null, 'The mean over eight turns and mirrors of the picture. Takes about eight times as long.')));

    const modelField = field('Model', this.model);
    modelField.append(this.note);
    this.model.setAttribute('aria-describedby', 'model-note');
    this.element = h('form.settings', { onsubmit: event => event.preventDefault(), 'aria-label': 'Settings' },
      modelField, this.scale.element, this.ensembleField, field('Save as', this.format), this.qualityField);

    options(this.model, modelGroups(), info.defaults['4']);
    options(this.format, [{ id: '', label: 'The picture’s own format' }, ...info.formats.write.map(({ id, label }) => ({ id, label: label ?? id.toUpperCase() }))]);
    this.#modelChanged();
    this.#formatChanged();
  }

  #modelChanged() {
    const model = modelNamed(this.model.value);
    const scale = canMake(model, Number(this.scale.value)) ? Number(this.scale.value) : Math.max(...model.scales);
    this.scale.set(scales.map(value => ({
      id: value, label: `${value}×`, disabled: !canMake(model, value),
      title: canMake(model, value) ? undefined : `${model.name} reaches ${Math.max(...model.scales)}×`,
    })), scale);
    this.ensembleField.hidden = model.kind !== 'network';
    this.#describe(model, scale);
  }

  #scaleChanged() {
    const scale = Number(this.scale.value);
    const best = info.defaults[scale];
    if (!this.#modelChosen && best && best !== this.model.value) {
      this.model.value = best;
      this.#modelChanged();
    } else {
      this.#describe(modelNamed(this.model.value), scale);
    }
  }

  #describe(model, scale) {
    const reduced = model.scales && !model.scales.includes(scale)
      ? ` Made at ${Math.min(...model.scales.filter(own => own > scale))}× and reduced.` : '';
    this.note.textContent = model.kind === 'classical' ? 'No learning: a fixed formula.' : `${parameters(model.parameters)}.${reduced}`;
  }

  #formatChanged() {
    const format = info.formats.write.find(({ id }) => id === this.format.value);
    this.qualityField.hidden = format?.quality == null;
    if (format?.quality) { this.quality.value = format.quality; this.qualityValue.textContent = format.quality; }
  }

  /** Takes over what another view chose. */
  choose(name, scale) {
    if (!modelNamed(name)) return;
    this.#modelChosen = true;
    this.model.value = name;
    this.scale.value = scale;
    this.#modelChanged();
  }

  value() {
    const model = modelNamed(this.model.value);
    const value = { model: model.name, scale: Number(this.scale.value), ensemble: model.kind === 'network' && this.ensemble.checked };
    if (this.format.value) value.format = this.format.value;
    if (!this.qualityField.hidden) value.quality = Number(this.quality.value);
    return value;
  }
}
