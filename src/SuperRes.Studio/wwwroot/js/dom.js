const svgNames = new Set(['svg', 'use', 'g', 'path', 'line', 'rect', 'circle', 'polyline', 'text', 'title', 'polygon']);

/**
 * Makes an element: h('button.primary', { onclick, disabled: true }, 'Text', child).
 * Custom properties and styles go through the object model, which the content security policy allows; markup is never parsed.
 */
export function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = svgNames.has(name)
    ? document.createElementNS('http://www.w3.org/2000/svg', name)
    : document.createElement(name);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [key, value] of Object.entries(properties ?? {})) set(element, key, value);
  append(element, children);
  return element;
}

function set(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
  else if (key === 'style') for (const [name, text] of Object.entries(value)) element.style.setProperty(name, text);
  else if (key === 'value' || key === 'checked' || key === 'htmlFor') element[key] = value;
  else element.setAttribute(key, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
}

/** Puts children in the place of all that an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

export const icon = name => h('svg', { 'aria-hidden': 'true' }, h('use', { href: `#${name}` }));

let ids = 0;
export const unique = prefix => `${prefix}-${++ids}`;

/** A label above a control. */
export function field(label, control, hint) {
  control.id ||= unique('field');
  const note = hint && h('p.hint', { id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute('aria-describedby', note.id);
  return h('div.field', null, h('label', { for: control.id }, label), control, note);
}

/** Radio buttons that look like one control. Returns { element, value, set(options, value) }. */
export function segmented(legend, options, value, onChange, { hideLegend = false } = {}) {
  const name = unique('segment');
  const row = h('div.segments');
  let offered;
  const segment = ({ id }) => h('label', null,
    h('input', { type: 'radio', name, value: id, onchange: () => { control.value = id; onChange?.(id); } }), h('span'));
  const control = {
    element: h('fieldset.field', null, h(hideLegend ? 'legend.sr' : 'legend', null, legend), row),
    value,
    set(next, chosen) {
      control.value = chosen;
      // While the same is offered the elements stay, and the focus with them.
      const ids = next.map(({ id }) => id).join();
      if (offered !== ids) fill(row, next.map(segment));
      offered = ids;
      next.forEach(({ id, label, disabled = false, title = '' }, index) => {
        const element = row.children[index];
        const [input, text] = element.children;
        element.title = title;
        input.disabled = disabled;
        input.checked = id === chosen;
        text.textContent = label;
      });
    },
  };
  control.set(options, value);
  return control;
}

/** Fills a select with options, or groups of them, and keeps the choice where it is still offered. */
export function options(select, groups, chosen = select.value) {
  fill(select, groups.map(group => group.items
    ? group.items.length > 0 && h('optgroup', { label: group.label }, group.items.map(item => h('option', { value: item.id }, item.label)))
    : h('option', { value: group.id }, group.label)));
  select.value = chosen;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

/** On a phone what was asked for comes below what it was asked with. */
export function bringIntoView(element) {
  if (matchMedia('(max-width: 900px)').matches) element.scrollIntoView({ behavior: 'smooth' });
}

/** Tells a screen reader what happened, without taking the focus. */
export function announce(text) {
  document.getElementById('live').textContent = text;
}

/** Shows an error until it is closed or fifteen seconds have passed; one that is shown already is not shown twice. */
export function complain(error) {
  const text = typeof error === 'string' ? error : error.message;
  const toasts = document.getElementById('toasts');
  [...toasts.children].find(toast => toast.firstChild.textContent === text)?.remove();
  const toast = h('div.toast', null, h('p', null, text),
    h('button.icon-button', { type: 'button', 'aria-label': 'Close the message', onclick: () => toast.remove() }, icon('close')));
  toasts.append(toast);
  setTimeout(() => toast.remove(), 15000);
}

/** Runs an asynchronous handler, and shows what went wrong with it. */
export const guarded = handler => async (...values) => {
  try {
    await handler(...values);
  } catch (error) {
    complain(error);
  }
};
