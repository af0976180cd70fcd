import { describe, expect, it } from 'vitest';
import { useWireSite } from '../testing/use-wire-site.ts';
import { openPage, visitV3 } from '../testing/visit-page.ts';

const site = useWireSite();

describe('noise', () => {
  const canvasOf = async (init?: string) => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
    await visitV3(page);
    await close();
    return site.whorl.observations.at(-1)?.sources.canvas;
  };

  it('is not seen in a plain browser', async () => {
    const [first, second] = [await canvasOf(), await canvasOf()];
    expect(first).not.toHaveProperty('n');
    expect(second?.v).toEqual(first?.v);
  });

  it('is marked where every picture comes out differently', async () => {
    const patched = await canvasOf(`
      const toDataURL = HTMLCanvasElement.prototype.toDataURL;
      HTMLCanvasElement.prototype.toDataURL = function () {
        this.getContext('2d').fillRect(Math.random() * 60, Math.random() * 60, 1, 1);
        return toDataURL.call(this);
      };`);
    expect(patched).toMatchObject({ n: true, v: { winding: true } });
  });

  it('is marked where pictures are changed in the same way each time', async () => {
    const patched = await canvasOf(`
      const getImageData = CanvasRenderingContext2D.prototype.getImageData;
      CanvasRenderingContext2D.prototype.getImageData = function (...area) {
        const image = getImageData.apply(this, area);
        image.data[40] ^= 1;
        return image;
      };`);
    expect(patched).toMatchObject({ n: true });
  });

  it('is marked in sound that differs between two renderings', async () => {
    const init = `
      const getChannelData = AudioBuffer.prototype.getChannelData;
      AudioBuffer.prototype.getChannelData = function (channel) {
        const data = getChannelData.call(this, channel);
        data[4600] += Math.random();
        return data;
      };`;
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
    await visitV3(page);
    await close();
    expect(site.whorl.observations[0]?.sources.audio).toMatchObject({ n: true, v: expect.any(Number) });
    expect(site.whorl.observations[0]?.sources.automation?.v).toMatchObject({
      patched: ['AudioBuffer.getChannelData'],
    });
  });
});
