const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const size = (width, height) => `${width} × ${height}`;
export const bytes = count => count < 1e3 ? `${count} B`
  : count < 1e6 ? `${number.format(count / 1e3)} kB`
  : count < 1e9 ? `${number.format(count / 1e6)} MB`
  : `${number.format(count / 1e9)} GB`;
export const time = milliseconds => milliseconds == null ? ''
  : milliseconds < 995 ? `${Math.max(1, Math.round(milliseconds))} ms`
  : milliseconds < 59500 ? `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 2 : 1)} s`
  : minutes(Math.round(milliseconds / 1000));
const minutes = seconds => `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
export const left = seconds => seconds == null ? ''
  : seconds < 1 ? 'almost done'
  : seconds < 90 ? `${Math.round(seconds)} s left`
  : `${Math.round(seconds / 60)} min left`;
export const percent = share => `${Math.round(share * 100)} %`;
/** PSNR in dB; two equal images have an infinite one, which JSON carries as text. */
export const decibel = value => value == null ? '–' : typeof value === 'string' ? '∞' : value.toFixed(2);
export const fixed = (value, digits) => value == null ? '–' : typeof value === 'string' ? value : value.toFixed(digits);
export const count = value => value.toLocaleString('en');
export const parameters = value => value === 0 ? 'no parameters'
  : value < 1e6 ? `${number.format(value / 1e3)} k parameters` : `${(value / 1e6).toFixed(2)} M parameters`;
export const plural = (value, word) => `${value} ${word}${value === 1 ? '' : 's'}`;
