import { type Event, type Feature, type V4Event, type V4Identification, v4FieldPlatforms } from '@whorl/contract';
import { known } from './known.ts';
import { orAbsent } from './or-absent.ts';
import { productsView } from './products-view.ts';

/** What the reader's workspace has switched off. */
export type V4ViewOptions = { hidden: ReadonlySet<Feature> };

const identificationView = ({ identity }: Event): V4Identification =>
  known<V4Identification>({
    visitor_id: identity.visitorId,
    confidence: { score: identity.confidence },
    visitor_found: identity.found,
    first_seen_at: identity.firstSeen.workspace,
    last_seen_at: identity.lastSeen?.workspace,
  });

/** What is no product: whose event it is, and what the client said and sent. */
const requestView = (event: Event): Partial<V4Event> =>
  known<Partial<V4Event>>({
    source: 'device',
    linked_id: event.linkedId,
    environment_id: event.environmentId,
    suspect: event.suspect,
    sdk: event.sdk,
    identification: identificationView(event),
    tags: event.tag,
    url: event.url,
    ip_address: event.ip,
    user_agent: orAbsent(event.userAgent),
    device: orAbsent(event.browser.device),
    os: orAbsent(event.browser.os),
    os_version: orAbsent(event.browser.osVersion),
    client_referrer: event.referrer,
    browser_details: {
      browser_name: event.browser.browserName,
      browser_major_version: event.browser.browserMajorVersion,
      browser_full_version: event.browser.browserFullVersion,
      os: event.browser.os,
      os_version: event.browser.osVersion,
      device: event.browser.device,
    },
  });

/** Takes out the fields that the event's platform cannot have. */
const forPlatform = (view: V4Event, platform: Event['sdk']['platform']): V4Event => {
  const platformsOf: Readonly<Record<string, readonly string[]>> = v4FieldPlatforms;
  const isShown = ([field]: [string, unknown]) => platformsOf[field]?.includes(platform) ?? true;
  // The cast restores what fromEntries loses: only optional fields are in the table of platforms.
  return Object.fromEntries(Object.entries(view).filter(isShown)) as V4Event;
};

/**
 * The v4 form of an event: what `GET /v4/events/{event_id}` answers. Pure. Products of `hidden` features are left out, and
 * so are fields that the event's platform cannot have.
 */
export const v4EventView = (event: Event, { hidden }: V4ViewOptions): V4Event =>
  forPlatform(
    { event_id: event.id, timestamp: event.time, ...requestView(event), ...productsView(event, hidden) },
    event.sdk.platform,
  );
