import { sourceValue } from '../facts.ts';
import { readJa4, steadyPart } from '../network/ja4.ts';
import { type AttributeName, attributeList, type Observed } from './attributes.ts';
import { fontBits } from './font-bits.ts';
import { hashText } from './hash-text.ts';

/** A visit as visitors are compared by: every attribute as a number that only equality is asked of. */
export type Portrait = {
  /** Minutes since 1970. */
  minute: number;
  /** System and browser together, which never change within one browser's storage: `Windows|Chrome`. */
  kind: string;
  kindHash: number;
  /** The system alone: how attributes behave is learnt by system. */
  os: string;
  osHash: number;
  /** A hash for each attribute in the registry's order; 0 where it was not shown. */
  values: Uint32Array;
  /** The fonts as a set, for telling a font added from another list. */
  fonts: Uint32Array;
  /** Whether it was made in a private window, as far as that shows. */
  isPrivate: boolean;
  /** Versions as numbers that grow; 0 where not known. */
  browserVersion: number;
  osVersion: number;
  /** Hash of what is steady in the connection's TLS hello; missing where none was read. Visitors are not compared by it. */
  hello?: number;
  /** The readings as text, for explanations. */
  texts: Partial<Record<AttributeName, string>>;
};

/** Milliseconds in the unit of a portrait's time. */
export const MINUTE = 60_000;

/** `126.0.6478` to a number that grows with the version: three parts of ten bits. */
const versionNumber = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version
    .split('.')
    .map((part) => Math.max(0, Number.parseInt(part, 10) || 0));
  return Math.min(major, 1023) * 2 ** 20 + Math.min(minor, 1023) * 2 ** 10 + Math.min(patch, 1023);
};

const helloOf = (ja4: string | undefined): Pick<Portrait, 'hello'> => {
  const hello = ja4 === undefined ? undefined : readJa4(ja4);
  // Over QUIC a browser sends another hello; a proxy that speaks both would make two browsers of it.
  return hello?.protocol === 'tcp' ? { hello: hashText(steadyPart(hello)) } : {};
};

/** Reads all attributes of a visit at `time`, unix milliseconds. */
export const portray = (observed: Observed, time: number): Portrait => {
  const { browser } = observed;
  const values = new Uint32Array(attributeList.length);
  const texts: Portrait['texts'] = {};
  attributeList.forEach(({ name, read }, at) => {
    const text = read(observed);
    if (text === undefined || text === '') return;
    texts[name] = text;
    values[at] = hashText(text);
  });
  const kind = `${browser.os}|${browser.browserName}`;
  return {
    minute: Math.floor(time / MINUTE),
    kind,
    kindHash: hashText(kind),
    os: browser.os,
    osHash: hashText(browser.os),
    values,
    fonts: fontBits(texts.fonts),
    isPrivate: sourceValue(observed, 'incognito')?.isPrivate === true,
    browserVersion: versionNumber(browser.browserMajorVersion),
    osVersion: versionNumber(browser.osVersion),
    ...helloOf(observed.ja4),
    texts,
  };
};
