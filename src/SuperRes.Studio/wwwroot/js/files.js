import { h, icon, unique } from './dom.js';
import { info } from './session.js';

/** A button that opens the system's file dialogue for the pictures that the server reads. */
export function fileButton(label, onFiles, { primary = false, multiple = false } = {}) {
  const input = h('input.sr', {
    type: 'file', multiple, tabindex: '-1', 'aria-hidden': 'true', id: unique('file'), accept: `image/*,${info.formats.read.join(',')}`,
    onchange: () => { onFiles([...input.files]); input.value = ''; },
  });
  const button = h(`button.button${primary ? '.primary' : ''}`, { type: 'button', onclick: () => input.click() }, icon('plus'), label);
  return h('div.file-button', null, button, input);
}
