import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices } from '../testing/mobile-devices.ts';
import { signedFrom, unsignedReport } from './unsigned-report.ts';

const app = appFacts(mobileDevices['plain Android']);

describe('a report whose public key requires a signature', () => {
  it.each([
    ['an app', app],
    ['a browser', factsOf(chromiumLinux)],
  ])('that says it comes from %s is tampered with where it has none that is valid', (_, facts) => {
    for (const reportSignature of ['missing', 'wrong'] as const) {
      const { tampering } = judge({ ...facts, signatureRequired: true, reportSignature }).signals;
      expect(tampering).toMatchObject({ state: 'detected', data: { anomalyScore: 0.6, antiDetectBrowser: false } });
      expect(tampering.evidence).toContainEqual(
        expect.objectContaining({ value: reportSignature, weight: 0.6, from: 'signature' }),
      );
    }
  });

  it('is judged like any other where it is signed', () => {
    const judged = judge(app).signals.tampering;
    expect(judge({ ...app, signatureRequired: true, reportSignature: 'valid' }).signals.tampering).toEqual(judged);
  });
});

describe('a report whose public key requires none', () => {
  it.each(['valid', 'wrong', undefined] as const)('is not tampered with for its signature: %s', (reportSignature) => {
    const signed = reportSignature === undefined ? {} : { reportSignature };
    expect(judge({ ...app, ...signed }).signals.tampering.state).not.toBe('detected');
    expect(unsignedReport({ ...signed, signatureRequired: false })).toEqual([]);
  });
});

describe('what was found out of a signature', () => {
  it.each(['missing', 'wrong'] as const)('is read back from the evidence: %s', (reportSignature) => {
    const facts = { signatureRequired: true, reportSignature };
    expect(signedFrom(unsignedReport(facts))).toEqual(facts);
  });

  it('is nothing where there is no such evidence', () => {
    expect(signedFrom(judge(app).signals.tampering.evidence)).toEqual({});
  });
});
