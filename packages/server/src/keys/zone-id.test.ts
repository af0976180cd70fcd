import { describe, expect, it } from 'vitest';
import { zoneId } from './zone-id.ts';

const secret = Buffer.alloc(32, 7);
const CELL = '8a1f8d7926affff';

describe('the id of a zone', () => {
  it('is the same for the same cell of a workspace, and tells nothing of it', () => {
    const id = zoneId(secret, 'ws_1', CELL);
    expect(zoneId(secret, 'ws_1', CELL)).toBe(id);
    expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });

  it('is another in another workspace, on another server, and of another cell', () => {
    const ids = [
      zoneId(secret, 'ws_1', CELL),
      zoneId(secret, 'ws_2', CELL),
      zoneId(Buffer.alloc(32, 8), 'ws_1', CELL),
      zoneId(secret, 'ws_1', '8a1f8d792687fff'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
