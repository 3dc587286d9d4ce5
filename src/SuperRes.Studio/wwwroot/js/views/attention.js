import { bringIntoView, guarded, h, options } from '../dom.js';
import * as api from '../api.js';
import * as session from '../session.js';
import { PictureChooser } from '../picture-chooser.js';
import { RegionPicker } from '../region.js';
import { AttentionDepth } from './attention-depth.js';

/** Where a network with CBAM looks: weights of the channels, and a map over the picture, block by block. */
export function create(root) {
  const able = session.info.models.filter(model => model.attention);
  let looking = false;
  const region = new RegionPicker();
  const chooser = new PictureChooser('Picture', image => { region.setImage(image); region.set(whole(image)); look.disabled = looking || able.length === 0; });
  const model = h('select', { id: 'attention-model' });
  const look = h('button.button.primary.sticky', { type: 'button', disabled: true, onclick: guarded(run) }, 'Show the attention');
  const depth = new AttentionDepth();
  const empty = h('div.blank', null, h('svg.hero', { 'aria-hidden': 'true', width: '112', height: '112' }, h('use', { href: '#attention' })),
    able.length > 0 ? invitation() : missing());

  options(model, able.map(({ name }) => ({ id: name, label: name })));
  root.append(h('div.bench', null,
    h('div.rail', null,
      h('header', null, h('h1', { tabindex: '-1' }, 'Attention'), h('p.soft.small', null, 'Which channels, and where, block by block.')),
      h('div.field', { hidden: able.length === 0 }, h('label', { for: 'attention-model' }, 'Model'), model),
      chooser.element, region.element, look),
    h('div.work', null, empty, depth.element)));

  async function run() {
    // What is asked for may be chosen anew before the answer comes.
    const asked = { image: chooser.chosen, region: region.region, model: model.value };
    looking = look.disabled = true;
    look.textContent = 'Looking …';
    try {
      const answer = await api.post('/attention', { ...asked, image: asked.image.id });
      empty.hidden = true;
      await depth.show(answer, asked);
      bringIntoView(depth.element);
    } finally {
      looking = look.disabled = false;
      look.textContent = 'Show the attention';
    }
  }

  return {
    receive: files => chooser.receive(files),
    show() { chooser.ensure(); },
  };
}

/** As much of the picture as is quick to look at: a network that pools the whole map can't be cut into tiles. */
function whole(image) {
  const width = Math.min(image.width, 640);
  const height = Math.min(image.height, 640);
  return { x: Math.round((image.width - width) / 2), y: Math.round((image.height - height) / 2), width, height };
}

const invitation = () => [h('h2', null, 'See where attention looks'),
  h('p.lead', null, 'Choose a picture and a model. For every attention block you get the weight of each channel and a map over the picture, and a slider through the depth of the network.')];

const missing = () => [h('h2', null, 'No model with attention is loaded'),
  h('p.lead', null, 'Train one, or make one with random weights to see what the view shows, and start the studio with it:'),
  h('pre', null, h('code', null, 'superres models init espcn-cbam-x2 --seed 1 -o espcn-cbam-x2.safetensors\nsuperres studio -m espcn-cbam-x2.safetensors'))];
