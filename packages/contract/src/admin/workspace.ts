import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';
import { ChosenWeights, WeightsChange } from '../suspect-weights.ts';
import { featureNames, linkings, regions } from '../tenancy.ts';
import { described } from '../v4/described.ts';
import { EnvironmentAnswer } from './environment.ts';
import { Name, OwnerName, UnixMs } from './fields.ts';

/** Most seconds of a limit's window: a day. */
export const LONGEST_WINDOW = 86_400;

const Limit = Type.Union(
  [
    closed({
      requests: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Requests that are let through.' }),
      seconds: Type.Integer({
        minimum: 1,
        maximum: LONGEST_WINDOW,
        description: 'Seconds after which counting begins anew.',
      }),
    }),
    Type.Null(),
  ],
  { description: 'Null: unlimited.' },
);

const region = oneOf(...regions);
const active = Type.Boolean({
  description: 'False: every request with one of its keys is refused; nothing is deleted.',
});
const disabledFeatures = Type.Array(oneOf(...featureNames), {
  uniqueItems: true,
  maxItems: featureNames.length,
  description: 'Products and functions that are switched off.',
});
const identity = oneOf('shared', 'separate');
const linking = described(
  'How sure of a visitor a link without a token must be: half, eight in ten, or nineteen in twenty. At `strict` fewer returning visitors are recognised and fewer are taken for another; at `low-risk` the reverse.',
  oneOf(...linkings),
);

const POINTS =
  'Points of the suspect score by factor, whole numbers up to 1000. They count for events from then on; those that are stored keep their score.';
/** Highest floor: nobody sends so much in a day, so nobody is called active. */
export const HIGHEST_FLOOR = 1_000_000_000;
const Floor = Type.Union([Type.Integer({ minimum: 1, maximum: HIGHEST_FLOOR }), Type.Null()], {
  description: 'Events of one visitor in a day below which it is never called highly active. Null: 100.',
});

/** A workspace as the management API shows it. */
export const WorkspaceAnswer = closed({
  id: Type.String({ description: '`ws_` and 16 hexadecimal digits.' }),
  name: Name,
  createdAt: UnixMs,
  region,
  active,
  disabledFeatures,
  rateLimits: closed({ perKey: Limit, perAddress: Limit }),
  identity,
  linking,
  suspectWeights: described(`${POINTS} Only those that differ from the defaults.`, ChosenWeights),
  highActivityFloor: Floor,
});

/** What can be said of a workspace, each field when it is to differ from what is. */
const fields = {
  region: Type.Optional(region),
  active: Type.Optional(active),
  disabledFeatures: Type.Optional(disabledFeatures),
  rateLimits: Type.Optional(closed({ perKey: Type.Optional(Limit), perAddress: Type.Optional(Limit) })),
  identity: Type.Optional(identity),
  linking: Type.Optional(linking),
  suspectWeights: Type.Optional(described(`${POINTS} Null: the default; what is left out stays.`, WeightsChange)),
  highActivityFloor: Type.Optional(Floor),
};

/** Body that creates a workspace. What is left out has its default; the region that of the server. */
export const WorkspaceCreate = closed({ name: OwnerName, ...fields });
export type WorkspaceCreate = Static<typeof WorkspaceCreate>;

/** Body that changes a workspace. What is left out stays. */
export const WorkspaceUpdate = closed({ name: Type.Optional(OwnerName), ...fields });
export type WorkspaceUpdate = Static<typeof WorkspaceUpdate>;

/** What of a workspace is for whoever runs the server to change, and not for the workspace's own management keys. */
export const operatorFields = [
  'name',
  'region',
  'active',
  'disabledFeatures',
  'rateLimits',
] as const satisfies (keyof WorkspaceUpdate)[];

/** A workspace that was created just now, with its first environment. */
export const WorkspaceCreated = closed({ workspace: WorkspaceAnswer, environment: EnvironmentAnswer });
