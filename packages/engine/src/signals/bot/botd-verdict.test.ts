import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { botdVerdict } from './botd-verdict.ts';

const find = (detections: Record<string, string>, pdfViewerEnabled = true) =>
  botdVerdict(factsOf(changed(chromiumLinux, { botd: { detections }, pdfViewerEnabled })));

describe('botdVerdict', () => {
  it('takes a tool’s name over a kind that says less, whichever comes last', () => {
    const found = find({
      detectDistinctiveProperties: 'selenium',
      detectUserAgent: 'headless_chrome',
      detectProcess: 'unknown',
    });
    expect(found).toMatchObject({ outcome: 'automation', type: 'selenium' });
  });

  it('calls a driver a driver, where BotD says headless Chrome', () => {
    expect(find({ detectWebDriver: 'headless_chrome' }).type).toBe('webdriver');
  });

  it('finds nothing in a browser that downloads PDF files and so has no plugins', () => {
    const detections = { detectPluginsLengthInconsistency: 'headless_chrome' };
    expect(find(detections, false).outcome).toBe('nothing');
    expect(find(detections).outcome).toBe('automation');
  });

  it('shows one doubtful detector without a verdict and believes two', () => {
    expect(find({ detectProductSub: 'unknown' })).toMatchObject({ outcome: 'nothing', evidence: [{ weight: 0.5 }] });
    expect(find({ detectProductSub: 'unknown', detectPluginsArray: 'headless_chrome' }).outcome).toBe('automation');
  });
});
