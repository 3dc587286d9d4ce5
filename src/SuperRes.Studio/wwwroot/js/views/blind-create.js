import { complain, field, fill, guarded, h, options, segmented } from '../dom.js';
import * as api from '../api.js';
import * as session from '../session.js';
import { fileButton } from '../files.js';
import { canMake, networksFirst } from './upscale-settings.js';

/** The form that makes a study, from models or from a folder of results: its element, and what gives it pictures. */
export function createForm(onCreated) {
  const name = h('input', { type: 'text', required: true, maxlength: '60', placeholder: 'edsr against its attention' });
  const kind = segmented('What a voter may answer', [{ id: 'triple', label: 'Left, right or the same' }, { id: 'pair', label: 'Left or right' }], 'triple');
  const models = h('div.checks.columns');
  const images = h('div.chips');
  const scale = segmented('Scale', [2, 3, 4, 8].map(id => ({ id, label: `${id}×` })), 4, listModels);
  const chosen = new Set();
  const known = new Set();
  const fromModels = h('div.stack', null,
    h('div.field', null, h('span.label', null, 'Pictures'), images,
      fileButton('Add pictures', files => receive(files), { multiple: true })),
    scale.element, h('fieldset.field', null, h('legend', null, 'Models to set against each other'), models));
  const folder = h('select');
  const folders = field('Folder', folder, 'In it one folder for each method, with pictures of the same names, and one called original if there is one.');
  const noFolder = h('p.callout.small', null, 'The studio found no folder of results. Start it with ', h('code', null, 'superres studio --studies FOLDER'), '; in it a folder for each study, and in that one for each method.');
  const fromFolder = h('div.stack', { hidden: true }, folders, noFolder);
  const source = segmented('Pictures from', [{ id: 'models', label: 'Models' }, { id: 'folder', label: 'A folder of results' }], 'models', value => {
    fromModels.hidden = value !== 'models';
    fromFolder.hidden = value !== 'folder';
  });
  const submit = h('button.button.primary', { type: 'submit' }, 'Make the study');

  const receive = guarded(async files => {
    images.setAttribute('aria-busy', 'true');
    try {
      for (const file of files) {
        // One that can't be used keeps none of the others.
        const image = await session.sendFile(file).catch(error => complain(`${file.name}: ${error.message}`));
        if (image) chosen.add(image.id);
        takeUploads();
      }
    } finally {
      images.removeAttribute('aria-busy');
    }
  });

  listModels();
  const element = h('form.card.form', { onsubmit: guarded(create), 'aria-label': 'New study' },
    h('h2', null, 'New study'), field('Name', name), kind.element, source.element, fromModels, fromFolder, h('div.row', null, submit));
  return { element, receive, refresh };

  /** The folders that there are now, and what was uploaded since, which is chosen too. */
  function refresh(paths) {
    options(folder, paths.map(path => ({ id: path, label: path })));
    folders.hidden = paths.length === 0;
    noFolder.hidden = paths.length > 0;
    takeUploads();
  }

  function takeUploads() {
    for (const { id } of session.uploads()) {
      if (known.has(id)) continue;
      known.add(id);
      chosen.add(id);
    }
    listImages();
  }

  function listImages() {
    fill(images, session.uploads().map(image => h('button.chip', {
      type: 'button', 'aria-pressed': String(chosen.has(image.id)), 'aria-label': image.name, title: image.name,
      onclick: event => {
        if (!chosen.delete(image.id)) chosen.add(image.id);
        event.currentTarget.setAttribute('aria-pressed', String(chosen.has(image.id)));
      },
    }, h('img', { src: api.url(`/images/${image.id}/preview?max=128`), alt: '', width: '52', height: '52', onerror: () => lookFor(image) }))));
  }

  /** A picture that can't be shown may have expired: then it is none to choose from. */
  async function lookFor(image) {
    const error = await api.get(`/images/${image.id}`).then(() => null, reason => reason);
    if (error?.status !== 404) return;
    session.forgetUpload(image.id);
    chosen.delete(image.id);
    listImages();
  }

  function listModels() {
    const checked = new Set([...models.querySelectorAll('input:checked')].map(input => input.value));
    fill(models, networksFirst().filter(model => canMake(model, Number(scale.value))).map(model => h('label.check', null,
      h('input', { type: 'checkbox', value: model.name, checked: checked.has(model.name) }), h('span', null, model.name))));
  }

  async function create(event) {
    event.preventDefault();
    const methods = [...models.querySelectorAll('input:checked')].map(input => input.value);
    const isFolder = source.value === 'folder';
    if (!name.value.trim()) return complain('Give the study a name.');
    if (isFolder && !folder.value) return complain('There is no folder to take results from.');
    if (!isFolder && methods.length < 2) return complain('Choose at least two models.');
    if (!isFolder && chosen.size === 0) return complain('Choose at least one picture.');
    submit.disabled = true;
    submit.textContent = 'Making the pictures …';
    try {
      await api.post('/studies', {
        name: name.value.trim(), kind: kind.value,
        source: isFolder ? { type: 'folder', path: folder.value } : { type: 'models', images: [...chosen], models: methods, scale: Number(scale.value) },
      });
      await onCreated(name.value.trim());
    } finally {
      submit.disabled = false;
      submit.textContent = 'Make the study';
    }
  }
}
