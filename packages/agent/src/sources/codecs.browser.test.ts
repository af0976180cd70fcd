import { describe, expect, it } from 'vitest';
import { useWireSite } from '../testing/use-wire-site.ts';
import { openPage, visitV3 } from '../testing/visit-page.ts';

const site = useWireSite();

const codecsOf = async (init?: string) => {
  const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
  await visitV3(page);
  await close();
  return site.whorl.observations.at(-1)?.sources.codecs;
};

describe('codecs', () => {
  it('are what this browser plays, the same at each visit', async () => {
    const first = await codecsOf();
    // Free of licences, and so in every build of Chromium.
    expect(first?.v).toEqual(expect.arrayContaining(['av1', 'vp9']));
    expect((await codecsOf())?.v).toEqual(first?.v);
  });

  it('lack what the device has no decoder for', async () => {
    const without = await codecsOf(`
      const { canPlayType } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.canPlayType = function (type) {
        return type.includes('av01') ? '' : canPlayType.call(this, type);
      };`);
    expect(without?.v).toEqual(expect.arrayContaining(['vp9']));
    expect(without?.v).toEqual(expect.not.arrayContaining(['av1']));
  });

  it('are absent where videos cannot be asked', async () => {
    expect(await codecsOf('HTMLMediaElement.prototype.canPlayType = undefined;')).not.toHaveProperty('v');
  });
});
