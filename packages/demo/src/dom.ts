/** Building the page. Text only ever becomes text: nothing here parses markup. */

export type Child = Node | string | number | null | undefined | false | Child[];

/** Attributes by name; `false` and `undefined` leave an attribute out, `true` sets it empty. */
export type Attributes = { readonly [name: string]: string | number | boolean | undefined };

const fill = <E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
};

const append = (parent: Element, children: readonly Child[]): void => {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child instanceof Node) parent.append(child);
    else if (child !== null && child !== undefined && child !== false) parent.append(String(child));
  }
};

/** An HTML element. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
export const s = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

/** Words for screen readers only. */
export const spoken = (text: string): HTMLElement => h('span', { class: 'spoken' }, text);

/** A length of 0..1 as the custom property `--share` for the style sheet. CSP allows it: it is set as a property, not as markup. */
export const withShare = <E extends HTMLElement>(element: E, share: number): E => {
  element.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
  return element;
};

/** The element with this id; the page's own HTML holds it. */
export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}`);
  return element;
};

/**
 * Replaces what is in `container`, keeping what the reader did: opened and closed `details[data-key]`, and the focus on
 * an element with a `data-key`.
 */
export const replaceKept = (container: Element, ...children: Child[]): void => {
  const openByKey = new Map<string, boolean>();
  for (const details of container.querySelectorAll<HTMLDetailsElement>('details[data-key]')) {
    openByKey.set(details.dataset.key ?? '', details.open);
  }
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const focused = active?.closest<HTMLElement>('[data-key]')?.dataset.key;
  container.replaceChildren();
  append(container, children);
  for (const details of container.querySelectorAll<HTMLDetailsElement>('details[data-key]')) {
    const open = openByKey.get(details.dataset.key ?? '');
    // What the page itself opens newly, such as a signal that fired just now, stays open.
    if (open !== undefined && !details.dataset.changed) details.open = open;
  }
  if (focused === undefined) return;
  const again = [...container.querySelectorAll<HTMLElement>('[data-key]')].find(
    ({ dataset }) => dataset.key === focused,
  );
  (again?.querySelector('summary') ?? again)?.focus();
};
