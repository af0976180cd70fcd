import { type Workspace, workspaceDefaults } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { foreignWorkspaces } from './foreign-workspaces.ts';

const workspace = (name: string, region: Workspace['region']): Workspace => ({
  ...workspaceDefaults,
  disabledFeatures: [],
  id: `ws_${name}`,
  name,
  region,
  createdAt: 0,
});

describe('foreignWorkspaces', () => {
  it('names each workspace of another region with its mend', () => {
    const [only, ...more] = foreignWorkspaces([workspace('shop', 'us'), workspace('bank', 'eu')], 'us');
    expect(more).toEqual([]);
    expect(only).toContain('bank');
    expect(only).toContain('WHORL_REGION=eu');
    expect(only).toContain('whorl workspace change ws_bank --region us');
  });

  it('has nothing to say where all are of this region', () => {
    expect(foreignWorkspaces([workspace('shop', 'ap')], 'ap')).toEqual([]);
  });
});
