import { expect, it } from 'vitest';
import { readIdentityModel } from './identity-model.ts';

it('is shipped for every system that browsers run on, with curves of confidence', async () => {
  const { systems, curves } = await readIdentityModel();
  for (const os of ['Windows', 'Mac OS X', 'Linux', 'Android', 'iOS', 'Chrome OS']) {
    expect(Object.keys(systems), os).toContain(os);
    expect(Object.keys(curves.newcomers), os).toContain(os);
  }
});
