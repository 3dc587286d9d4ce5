import { h, icon } from './dom.js';

/** Zoom out, the zoom itself (a click shows pixels as they are), zoom in, fit, and what the keys do. */
export function zoomControls(viewport) {
  const value = h('button.button.zoom-value', { type: 'button', title: 'Show one pixel as one pixel (1)', onclick: () => viewport.zoomTo(1) });
  const describe = () => {
    const percent = viewport.zoom * 100;
    value.textContent = `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
    value.setAttribute('aria-label', `Zoom ${value.textContent}; show one pixel as one pixel`);
  };
  viewport.addEventListener('change', describe);
  describe();
  return h('div.group', { role: 'group', 'aria-label': 'Zoom' },
    h('button.icon-button', { type: 'button', 'aria-label': 'Zoom out', title: 'Zoom out (−)', onclick: () => viewport.zoomBy(1 / 1.5) }, icon('minus')),
    value,
    h('button.icon-button', { type: 'button', 'aria-label': 'Zoom in', title: 'Zoom in (+)', onclick: () => viewport.zoomBy(1.5) }, icon('plus')),
    h('button.icon-button', { type: 'button', 'aria-label': 'Fit', title: 'Fit (0)', onclick: () => viewport.fit() }, icon('fit')));
}

/** A line that tells the keys of a picture. */
export function keyHelp(...pairs) {
  return h('p.keys.small.soft', null, pairs.map(([keys, what]) => h('span', null, keys.map(key => h('kbd', null, key)), ` ${what}`)));
}
