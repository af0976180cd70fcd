import { h } from './dom.ts';

const SHOWN_MS = 1600;

const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
};

/** Plain HTTP beyond localhost, where a server is often first tried out, has no clipboard API. */
const copyBySelection = (text: string): boolean => {
  const area = h('textarea', { class: 'spoken', readonly: true, 'aria-hidden': 'true' });
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
};

/** A button that copies what `text` gives when it is pressed; `what` names it for screen readers. */
export const copyButton = (what: string, text: () => string): HTMLButtonElement => {
  const label = h('span', { 'aria-live': 'polite' }, 'Copy');
  const button = h('button', { type: 'button', class: 'copy', 'data-key': `copy ${what}` }, label);
  button.setAttribute('aria-label', `Copy ${what}`);
  button.addEventListener('click', async () => {
    const copied = await copyText(text());
    label.textContent = copied ? 'Copied' : 'Not copied';
    button.setAttribute('aria-label', copied ? `${what} copied` : `${what} could not be copied`);
    setTimeout(() => {
      label.textContent = 'Copy';
      button.setAttribute('aria-label', `Copy ${what}`);
    }, SHOWN_MS);
  });
  return button;
};
