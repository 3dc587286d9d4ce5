import * as api from './api.js';
import { guarded } from './dom.js';

/** A picture once it can be shown; fails with the server's reason where it can't be had. */
export async function load(address) {
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
  } catch {
    await api.check(address);
    throw new Error('The browser can’t read this picture.');
  }
  return image;
}

/** Has a picture on the page tell why it can't be had. */
export function explained(image) {
  image.addEventListener('error', guarded(() => load(image.src)));
  return image;
}
