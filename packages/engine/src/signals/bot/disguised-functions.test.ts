import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { disguisedFunctions } from './disguised-functions.ts';

const find = (disguised: string[]) =>
  disguisedFunctions(
    factsOf(
      changed(chromiumLinux, {
        automation: { webdriver: false, globals: [], navigatorOwn: [], patched: [], disguised },
      }),
    ),
  );

describe('disguisedFunctions', () => {
  it('sees what puppeteer-extra-plugin-stealth 2.11 hides', () => {
    const names = [
      'Function.toString',
      'Permissions.query',
      'HTMLMediaElement.canPlayType',
      'WebGLRenderingContext.getParameter',
      'Navigator.languages',
      'Navigator.hardwareConcurrency',
    ];
    expect(find(names)).toMatchObject({ outcome: 'automation', type: 'stealth' });
  });

  it('sees what fingerprint-injector 2.1 hides', () => {
    expect(find(['HTMLMediaElement.canPlayType', 'WebGLRenderingContext.getParameter']).outcome).toBe('automation');
  });

  it('shows one alone and does not believe it', () => {
    const { outcome, evidence } = find(['WebGLRenderingContext.getParameter']);
    expect(outcome).toBe('nothing');
    expect(evidence).toHaveLength(1);
  });

  it('finds nothing where nothing is disguised', () => {
    expect(find([])).toMatchObject({ outcome: 'nothing', evidence: [] });
  });
});
